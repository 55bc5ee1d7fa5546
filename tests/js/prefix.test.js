/** What a reader was shown is not taken back: not by a new owner, nor by a snapshot that is older than the reply. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { PENDING, STARTED, delta, finished, message, talk } from "./support/conversation.js";

const PREFIXED = { type: "message.saved", message: { ...PENDING, text: "Mira:" }, revision: 3, head: "m2" };

test("a reply's prefix stays and its text goes on from there", () => {
    const { hear, heard, shown } = talk();

    hear(PREFIXED, STARTED);
    assert.equal(shown.get("m2"), "Mira:");
    hear(delta(5, " yes."));

    assert.equal(shown.get("m2"), "Mira: yes.");
    assert.deepEqual(heard("resume"), []);
});

test("a snapshot whose open reply has ended meanwhile shortens nothing", () => {
    const { hear, shown } = talk();
    hear(PREFIXED, STARTED, finished("Half and whole."));

    const whole = message("m2", "m1", { text: "Half and whole.", revision: 4 });
    const open = { turn: "t", message: "m2", generation: 1, text: "Half" };
    hear({ type: "snapshot", revision: 4, head: "m2", messages: [whole], open, reset: false });

    assert.equal(shown.get("m2"), "Half and whole.");
});

test("a message whose place is not known yet is not taken from its writer", () => {
    const { hear, heard } = talk();
    const early = message("m3", "m2", { role: "user", revision: 4 });

    hear({ type: "message.saved", message: early, revision: 4, head: "m3", client_id: "mine" });

    assert.deepEqual(heard("acknowledged"), []);
    assert.equal(heard("resume").length, 1);
});
