import assert from "node:assert/strict";
import { test } from "node:test";

import { ASKED, GREETING, PENDING, SAVED, STARTED, delta, finished, message, talk } from "./support/conversation.js";

const ELSEWHERE = { turn: "t", message: "m2", generation: 1, text: "Far", place: null, sentence: "" };
const MOVED = { type: "head.moved", head: "m0", revision: 4 };

function snapshot(keys) {
    return { type: "snapshot", revision: 4, head: "m0", messages: [], open: null, reset: false, ...keys };
}

const PART = { after: "m0", messages: [], later: false, open: null };

test("where the head moves up the path, what is below it goes", () => {
    const { conversation, shown, heard, hear } = talk();

    hear(SAVED, STARTED, delta(0, "I am"), { ...MOVED, kept: "m0" });

    assert.deepEqual([...shown.keys()], ["m0"]);
    assert.equal(conversation.revision, 4);
    assert.deepEqual(heard("open").at(-1), [null]);
    assert.deepEqual(heard("later"), []);
});

test("where the head moves to another branch, what both have stays, and the rest is asked for", () => {
    const { conversation, view, shown, heard, hear } = talk();
    const other = [message("m1", "m0", { id: "m1b", role: "user" }), message("m2", "m1b")];

    hear(SAVED, { ...MOVED, head: "m2", kept: "m0" });
    assert.deepEqual([...shown.keys()], ["m0"]);
    assert.deepEqual(heard("later"), [["m0"]]);
    conversation.append({ ...PART, messages: other });

    assert.deepEqual([...shown.keys()], ["m0", "m1b", "m2"]);
    assert.deepEqual([view.partial, heard("hold").length, heard("release").length], [false, 1, 1]);
});

test("another greeting is another branch of a page that begins at the beginning", () => {
    const { conversation, shown, heard, hear } = talk();

    hear({ ...MOVED, head: "m0b", kept: null });
    conversation.append({ ...PART, after: null, messages: [message("m0", null, { id: "m0b" })] });

    assert.deepEqual([...shown.keys()], ["m0b"]);
    assert.deepEqual(heard("later"), [[null]]);
});

test("where the paths part above the page, it is loaded anew", () => {
    const { heard, hear } = talk({ path: [ASKED] });

    hear({ ...MOVED, head: "m9", kept: "m0" });
    hear({ ...MOVED, head: "m9", kept: null });

    assert.equal(heard("reload").length, 2);
});

test("a part that comes after the head moved on is asked for anew", () => {
    const { conversation, shown, heard, hear } = talk();

    hear({ ...MOVED, head: "m5", kept: "m1" }, { ...MOVED, head: "m7", kept: "m0", revision: 5 });
    conversation.append({ ...PART, after: "m1", messages: [message("m2", "m1")] });

    assert.deepEqual([...shown.keys()], ["m0"]);
    assert.deepEqual(heard("later"), [["m1"], ["m0"], ["m0"]]);
});

test("what is said below the part that is shown changes nothing of it", () => {
    const { conversation, shown, heard, hear } = talk({ revision: 3 });
    hear({ ...MOVED, head: "m5", kept: "m1" });
    conversation.append({ ...PART, after: "m1", messages: [message("m2", "m1")], later: true });
    const further = message("m6", "m5", { role: "user", revision: 5 });

    hear({ type: "message.saved", message: further, revision: 5, head: "m6" }, { ...STARTED, message: "m7" });
    hear({ type: "pulse", revision: 5, head: "m6", open: { turn: "t", message: "m7", generation: 1, length: 3, place: null } });

    assert.deepEqual([...shown.keys()], ["m0", "m1", "m2"]);
    assert.deepEqual([conversation.revision, heard("resume"), heard("reload")], [5, [], []]);
});

test("who writes below the part that is shown is brought to the end", () => {
    const { conversation, heard, hear } = talk();
    hear({ ...MOVED, head: "m5", kept: "m1" });
    conversation.append({ ...PART, after: "m1", messages: [message("m2", "m1")], later: true });

    const own = message("m6", "m5", { role: "user", revision: 5, client_id: "c-1" });
    hear({ type: "message.saved", message: own, revision: 5, head: "m6", client_id: "c-1" });

    assert.deepEqual([heard("acknowledged"), heard("end").length], [[["c-1"]], 1]);
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
