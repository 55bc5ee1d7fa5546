/** The place of an open reply in the line for the model: when its sentence comes, changes and goes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ASKED, GREETING, PENDING, SAVED, STARTED, delta, finished, message, talk } from "./support/conversation.js";

const THIRD = { type: "turn.waiting", turn: "t", message: "m2", place: 3, sentence: "You are third." };
const SECOND = { ...THIRD, place: 2, sentence: "You are second." };
const OPEN = { turn: "t", message: "m2", generation: 0, text: "", place: 3, sentence: "You are third." };
const SNAPSHOT = { type: "snapshot", revision: 3, head: "m2", messages: [PENDING], open: OPEN, reset: false };
const PULSE = { type: "pulse", revision: 3, head: "m2", open: { turn: "t", message: "m2", generation: 0, length: 0 } };

const words = (heard) => heard("waits").map(([sentence]) => sentence);

test("a reply that stands in line says where, and can be stopped", () => {
    const { heard, shown, hear } = talk();

    hear(SAVED, THIRD, SECOND);

    assert.deepEqual(words(heard).slice(-2), ["You are third.", "You are second."]);
    assert.deepEqual(heard("open"), [["m2"]]);
    assert.equal(shown.get("m2"), "");
    assert.deepEqual(heard("resume"), []);
});

for (const [name, frame] of Object.entries({
    "it starts": STARTED,
    "its first text comes": delta(0, "I am"),
    "it ends": finished("I am Mira."),
    "it fails": { ...finished(""), type: "turn.failed", code: "overloaded", sentence: "Busy." },
    "another takes its place": { ...SAVED, message: { ...PENDING, id: "m9" }, revision: 4, head: "m9" },
    "a snapshot knows of no open reply": { ...SNAPSHOT, messages: [message("m2", "m1", { revision: 4 })], open: null },
    "a snapshot knows that it has started": { ...SNAPSHOT, open: { ...OPEN, generation: 1, place: null, sentence: "" } },
})) {
    test(`the sentence goes when ${name}`, () => {
        const { heard, hear } = talk();
        hear(SAVED, THIRD);

        hear(frame);

        assert.equal(words(heard).at(-1), "");
    });
}

test("a snapshot and the page itself bring the sentence", () => {
    const later = talk();
    later.hear(SNAPSHOT);
    assert.deepEqual(words(later.heard), ["You are third."]);

    const loaded = talk({ path: [GREETING, ASKED, PENDING], open: OPEN, revision: 3 });
    assert.deepEqual(words(loaded.heard), ["You are third."]);
});

test("a snapshot from before the start brings no sentence back", () => {
    const { heard, hear } = talk();
    hear(SAVED, THIRD, STARTED);

    hear(SNAPSHOT);

    assert.equal(words(heard).at(-1), "");
});

test("a reply that broke off can stand in line again, with its text", () => {
    const { heard, shown, hear } = talk();
    hear(SAVED, STARTED, delta(0, "I am"));

    hear(THIRD);
    assert.equal(words(heard).at(-1), "You are third.");
    hear({ ...STARTED, generation: 2 });

    assert.equal(words(heard).at(-1), "");
    assert.equal(shown.get("m2"), "I am");
});

test("a reply that is not here is asked for, and a finished one does not wait", () => {
    const { heard, hear } = talk();
    hear(THIRD);
    assert.equal(heard("resume").length, 1);

    hear(SAVED, STARTED, finished("I am Mira."), THIRD);

    assert.equal(heard("resume").length, 1);
    assert.equal(words(heard).at(-1), "");
});

for (const [name, place, asks] of [
    ["knows the place that is shown", 3, 0],
    ["knows another place", 2, 1],
    ["knows that it does not wait", null, 1],
]) {
    test(`a pulse that ${name} is ${asks ? "" : "not "}a reason to ask`, () => {
        const { heard, hear } = talk();
        hear(SAVED, THIRD);

        hear({ ...PULSE, open: { ...PULSE.open, place } });

        assert.equal(heard("resume").length, asks);
    });
}

test("a pulse that knows of a place is a reason to ask where none is shown", () => {
    const { heard, hear } = talk();
    hear(SAVED, STARTED);

    hear({ ...PULSE, open: { ...PULSE.open, place: 1 } });

    assert.equal(heard("resume").length, 1);
});
