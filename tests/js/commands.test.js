import assert from "node:assert/strict";
import { test } from "node:test";

import { frameOf, undoOf } from "../../static/js/models/commands.js";

const MESSAGE = { id: "m2", alternative: (step) => ({ "-1": "m2a" })[step] ?? null };

for (const [action, frame] of [
    ["retry", { type: "turn.retry", client_id: "c", message: "m2" }],
    ["continue", { type: "turn.continue", client_id: "c", message: "m2" }],
    ["previous", { type: "head.select", message: "m2a", here: false }],
    ["next", null],
    ["branch", { type: "head.select", message: "m2", here: true }],
    ["hide", { type: "message.hide", message: "m2", hidden: true }],
    ["show", { type: "message.hide", message: "m2", hidden: false }],
    ["delete", { type: "message.delete", message: "m2", scope: "one" }],
    ["delete-from-here", { type: "message.delete", message: "m2", scope: "from_here" }],
    ["restore", { type: "message.restore", message: "m2" }],
    ["takeback", null],
]) {
    test(`“${action}” asks for ${JSON.stringify(frame)}`, () => {
        assert.deepEqual(frameOf(action, MESSAGE, "c"), frame);
    });
}

test("what was deleted, hidden or edited is brought back", () => {
    const undone = (action) => undoOf(frameOf(action, MESSAGE, "c"), "d");
    const edit = { type: "message.edit", client_id: "c", message: "m2", text: "New.", anew: false };

    assert.deepEqual(undone("delete"), { type: "message.restore", message: "m2" });
    assert.deepEqual(undone("delete-from-here"), { type: "message.restore", message: "m2" });
    assert.deepEqual(undone("show"), { type: "message.hide", message: "m2", hidden: true });
    assert.deepEqual(undoOf(edit, "d", "Old."), { ...edit, client_id: "d", text: "Old." });
    assert.equal(undoOf({ ...edit, anew: true }, "d", "Old."), null);
    assert.equal(undone("retry"), null);
    assert.equal(undone("previous"), null);
    assert.deepEqual(undoOf(frameOf("branch", MESSAGE, "c"), "d", "m9"), { type: "head.select", message: "m9", here: false });
    const named = { type: "message.checkpoint", message: "m2", name: "Here" };
    assert.deepEqual(undoOf(named, "d", "There"), { ...named, name: "There" });
});
