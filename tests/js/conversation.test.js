import assert from "node:assert/strict";
import { test } from "node:test";

import { ASKED, GREETING, PENDING, SAVED, STARTED, delta, finished, message, talk } from "./support/conversation.js";

test("a reply is placed, grows and ends", () => {
    const { conversation, shown, heard, hear } = talk();

    hear(SAVED, STARTED, delta(0, "I am"), delta(4, " Mira."));
    assert.equal(shown.get("m2"), "I am Mira.");
    hear(finished("I am Mira. You?"));

    assert.equal(shown.get("m2"), "I am Mira. You?");
    assert.equal(conversation.revision, 4);
    assert.deepEqual(heard("open"), [["m2"], [null]]);
    assert.deepEqual(heard("resume"), []);
});

test("a message below the open reply is placed below it", () => {
    const { shown, hear } = talk();
    const more = message("m3", "m2", { role: "user", text: "And?", revision: 4, client_id: "c-1" });

    hear(SAVED, STARTED, { type: "message.saved", message: more, revision: 4, head: "m3", client_id: "c-1" });

    assert.deepEqual([...shown.keys()], ["m0", "m1", "m2", "m3"]);
});

test("what is saved is acknowledged", () => {
    const { heard, hear } = talk();

    hear({ ...SAVED, client_id: "c-1" });

    assert.deepEqual(heard("acknowledged"), [["c-1"]]);
});

test("an alternative takes the place of the reply and of all below it", () => {
    const below = message("m3", "m2", { role: "user", revision: 2 });
    const { shown, hear } = talk({ path: [GREETING, ASKED, { ...PENDING, state: "failed", revision: 2 }, below] });

    hear({ ...SAVED, message: { ...PENDING, id: "m9", text: "anew" }, head: "m9" });

    assert.deepEqual([...shown.keys()], ["m0", "m1", "m9"]);
});

test("a message whose parent is not here is asked for", () => {
    const { shown, heard, hear } = talk();

    hear({ ...SAVED, message: message("m4", "m3"), head: "m4" });

    assert.equal(heard("resume").length, 1);
    assert.equal(shown.has("m4"), false);
});

test("a leap in the revisions is asked for", () => {
    const { heard, hear } = talk();

    hear({ ...SAVED, revision: 5 });

    assert.equal(heard("resume").length, 1);
});

test("a delta beyond the end, or of an unknown reply, is asked for", () => {
    const { heard, hear } = talk();

    hear(SAVED, STARTED, delta(3, "x"));
    hear({ ...delta(0, "x"), message: "m8" });

    assert.equal(heard("resume").length, 2);
});

test("late frames of a finished reply change nothing", () => {
    const { shown, heard, hear } = talk();
    hear(SAVED, STARTED, delta(0, "I am Mira."), finished("I am Mira."));

    hear(SAVED, STARTED, delta(0, "I am"));

    assert.equal(shown.get("m2"), "I am Mira.");
    assert.deepEqual(heard("open"), [["m2"], [null]]);
    assert.deepEqual(heard("resume"), []);
});

test("a saved row that is older than the stream takes nothing back", () => {
    const { shown, hear } = talk();
    hear(SAVED, STARTED, delta(0, "I am"));

    hear({ ...SAVED, message: { ...PENDING, state: "streaming", text: "" } });

    assert.equal(shown.get("m2"), "I am");
});

test("a failure stands at its message, with its sentence", () => {
    const { shown, heard, hear } = talk();
    const failed = message("m2", "m1", { state: "failed", text: "I", revision: 4 });
    hear(SAVED, STARTED, delta(0, "I"));

    hear({ type: "turn.failed", turn: "t", message: failed, sentence: "Try again?", revision: 4, head: "m2" });

    assert.equal(shown.get("m2"), "I");
    assert.deepEqual(heard("update"), [["m2", "failed", "Try again?"]]);
    assert.deepEqual(heard("open").at(-1), [null]);
});

test("a failure without a message is a notice", () => {
    const { heard, hear } = talk();

    hear({ type: "turn.failed", turn: "t", message: null, sentence: "Busy.", revision: 2, head: "m1" });

    assert.deepEqual(heard("notice"), [["Busy."]]);
});

test("a snapshot brings what was missed, the open reply included", () => {
    const { conversation, shown, heard, hear } = talk();
    const open = { turn: "t", message: "m2", generation: 2, text: "I am" };

    hear({ type: "snapshot", revision: 3, head: "m2", messages: [PENDING], open, reset: false });
    hear(delta(4, " Mira", 2));

    assert.equal(shown.get("m2"), "I am Mira");
    assert.equal(conversation.revision, 3);
    assert.deepEqual(heard("open"), [["m2"]]);
});

test("a snapshot that is older than what is shown takes nothing back", () => {
    const { shown, hear } = talk();
    hear(SAVED, STARTED, delta(0, "I am Mira"));

    const open = { turn: "t", message: "m2", generation: 1, text: "I am" };
    hear({ type: "snapshot", revision: 3, head: "m2", messages: [PENDING], open, reset: false });

    assert.equal(shown.get("m2"), "I am Mira");
});

test("a snapshot acknowledges what was sent before the break", () => {
    const { heard, hear } = talk();
    const mine = message("m2", "m1", { role: "user", revision: 3, client_id: "c-1" });

    hear({ type: "snapshot", revision: 3, head: "m2", messages: [mine], open: null, reset: false });

    assert.deepEqual(heard("acknowledged"), [["c-1"]]);
});

const SNAPSHOT = { type: "snapshot", revision: 9, head: "m1", messages: [], open: null, reset: false };
for (const [name, frame] of Object.entries({
    "there is more than a snapshot holds": { ...SNAPSHOT, reset: true },
    "a message of the snapshot hangs in the air": { ...SNAPSHOT, messages: [message("m7", "m6")], head: "m7" },
    "the server stands elsewhere": { ...SNAPSHOT, head: "m8" },
})) {
    test(`the page is loaded anew where ${name}`, () => {
        const { heard, hear } = talk();

        hear(frame);

        assert.equal(heard("reload").length, 1);
    });
}

test("a message of a snapshot that stands above the page is left out", () => {
    const { shown, heard, hear } = talk({ path: [message("m5", "m4"), message("m6", "m5")] });

    hear({ ...SNAPSHOT, messages: [message("m3", "m2")], head: "m6" });

    assert.equal(shown.has("m3"), false);
    assert.deepEqual(heard("reload"), []);
});

test("an error is handed on", () => {
    const { heard, hear } = talk();
    const error = { type: "error", code: "busy", sentence: "One moment.", client_id: null };

    hear(error);

    assert.deepEqual(heard("refused"), [[error]]);
});

test("a reply that was open when the page was made goes on from its text", () => {
    const open = { turn: "t", message: "m2", generation: 1, text: "I am" };
    const { shown, hear } = talk({ path: [GREETING, ASKED, { ...PENDING, text: "I am" }], open, revision: 3 });

    hear(delta(2, "am Mira"));

    assert.equal(shown.get("m2"), "I am Mira");
});

test("what was written here and is acknowledged again before it was told of is asked for, and stays", () => {
    const { conversation, heard, hear } = talk({ path: [GREETING], revision: 1 });

    hear({ type: "message.saved", message: { ...ASKED, client_id: "c-1" }, revision: 2, head: "m2", client_id: "c-1" });

    assert.equal(heard("resume").length, 1);
    assert.equal(conversation.revision, 1);
    assert.deepEqual(heard("acknowledged"), []);
});

test("what is acknowledged again later is acknowledged", () => {
    const { shown, heard, hear } = talk({ path: [GREETING], revision: 4 });

    hear({ type: "message.saved", message: { ...ASKED, client_id: "c-1" }, revision: 2, head: "m9", client_id: "c-1" });

    assert.deepEqual(heard("acknowledged"), [["c-1"]]);
    assert.deepEqual([...shown.keys()], ["m0"]);
});
