import assert from "node:assert/strict";
import { test } from "node:test";

import { SAVED, STARTED, delta, talk } from "./support/conversation.js";

const PULSE = { type: "pulse", revision: 3, head: "m2", open: { turn: "t", message: "m2", generation: 1, length: 4 } };
for (const [name, frame, asks] of [
    ["agrees", PULSE, 0],
    ["is late", { ...PULSE, revision: 2, open: null }, 0],
    ["knows less of the text than is shown", { ...PULSE, open: { ...PULSE.open, length: 2 } }, 0],
    ["knows a later revision", { ...PULSE, revision: 4 }, 1],
    ["stands elsewhere", { ...PULSE, head: "m1" }, 1],
    ["knows of no open reply", { ...PULSE, open: null }, 1],
    ["knows more of the text", { ...PULSE, open: { ...PULSE.open, length: 5 } }, 1],
]) {
    test(`a pulse that ${name} is ${asks ? "" : "not "}a reason to ask`, () => {
        const { heard, hear } = talk();
        hear(SAVED, STARTED, delta(0, "I am"));

        hear(frame);

        assert.equal(heard("resume").length, asks);
    });
}
