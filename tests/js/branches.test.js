import assert from "node:assert/strict";
import { test } from "node:test";

import { ASKED, GREETING, PENDING, SAVED, STARTED, delta, finished, message, talk } from "./support/conversation.js";

const ELSEWHERE = { turn: "t", message: "m2", generation: 1, text: "Far", place: null, sentence: "" };
const MOVED = { type: "head.moved", head: "m0", revision: 4 };

function snapshot(keys) {
    return { type: "snapshot", revision: 4, head: "m0", messages: [], open: null, reset: false, ...keys };
}

test("where the head moves up the path, what is below it goes", () => {
    const { conversation, shown, heard, hear } = talk();

    hear(SAVED, STARTED, delta(0, "I am"), MOVED);

    assert.deepEqual([...shown.keys()], ["m0"]);
    assert.equal(conversation.revision, 4);
    assert.deepEqual(heard("open").at(-1), [null]);
});

test("where the head moves to another branch, the page is loaded anew", () => {
    const { heard, hear } = talk();

    hear({ ...MOVED, head: "m9" });

    assert.equal(heard("reload").length, 1);
});

test("a reply that goes on elsewhere is asked about once, and its end changes nothing here", () => {
    const { conversation, shown, heard, hear } = talk({ path: [GREETING], revision: 4 });

    hear(delta(3, " away"), snapshot({ open: ELSEWHERE }), delta(8, "."), delta(9, ".."));
    hear({ ...finished("Far away..."), message: message("m2", "m1", { revision: 5 }), revision: 5, head: "m0" });

    assert.equal(heard("resume").length, 1);
    assert.deepEqual([...shown.keys()], ["m0"]);
    assert.equal(conversation.revision, 5);
});

test("an end elsewhere does not take the place of the alternative that is shown", () => {
    const shownReply = { ...PENDING, id: "m2b", state: "finished", text: "Mine.", revision: 4 };
    const { shown, hear } = talk({ path: [GREETING, ASKED, shownReply], revision: 4 });

    hear({ ...finished("Theirs."), message: message("m2", "m1", { revision: 5 }), revision: 5, head: "m2b" });

    assert.deepEqual([...shown.keys()], ["m0", "m1", "m2b"]);
});

test("a pulse that tells of a reply elsewhere agrees", () => {
    const { heard, hear } = talk({ path: [GREETING], revision: 4 });
    const pulse = { type: "pulse", revision: 4, head: "m0", open: { turn: "t", message: "m2", generation: 1, length: 3, place: null } };

    hear(snapshot({ open: ELSEWHERE }), pulse);

    assert.deepEqual(heard("resume"), []);
});

test("a late end of another alternative does not take the place of the one that is shown", () => {
    const mine = { ...PENDING, id: "m2b", state: "interrupted", text: "Mine.", revision: 6 };
    const { shown, hear } = talk({ path: [GREETING, ASKED, mine], revision: 6 });

    hear({ ...finished("Theirs."), message: message("m2", "m1", { revision: 4, state: "stopped" }), revision: 4, head: "m2" });

    assert.deepEqual([...shown.keys()], ["m0", "m1", "m2b"]);
});

test("a late move of the head cuts nothing", () => {
    const { shown, hear } = talk({ path: [GREETING, ASKED, PENDING], revision: 6 });

    hear({ type: "head.moved", head: "m0", revision: 4 });

    assert.deepEqual([...shown.keys()], ["m0", "m1", "m2"]);
});

test("a page that is loaded while a reply is open elsewhere begins without it", () => {
    const { shown, heard, hear } = talk({ path: [GREETING], revision: 4, open: ELSEWHERE });

    hear(delta(3, " away"));

    assert.deepEqual([...shown.keys()], ["m0"]);
    assert.deepEqual(heard("resume"), []);
});
