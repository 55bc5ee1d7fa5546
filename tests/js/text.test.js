import assert from "node:assert/strict";
import { test } from "node:test";

import { codePoints, dropCodePoints, joined, sendable } from "../../static/js/lib/text.js";

const FAMILY = "👨‍👩‍👧‍👦";
const CASES = {
    "nothing": ["", 0],
    "letters and characters": ["a字é", 3],
    "a family is its seven code points": [FAMILY, 7],
    "marks of direction count": ["\u200fא\u202e", 3],
    "each combining mark counts": [`a${"\u0301".repeat(1000)}`, 1001],
    "half a character counts as one": ["\ud83d", 1],
    "halves in the wrong order are two": ["\ude00\ud83d", 2],
};

for (const [name, [text, count]] of Object.entries(CASES)) {
    test(`code points: ${name}`, () => assert.equal(codePoints(text), count));
    test(`dropping: ${name}`, () => {
        for (let drop = 0; drop <= count; drop += 1) assert.equal(codePoints(dropCodePoints(text, drop)), count - drop);
        assert.equal(dropCodePoints(text, count + 1), "");
    });
}

test("what was kept and what was typed stand together, and nothing of them twice", () => {
    assert.equal(joined("", "Typed."), "Typed.");
    assert.equal(joined("Kept.", ""), "Kept.");
    assert.equal(joined("Kept.", "Typed."), "Kept.\nTyped.");
    assert.equal(joined("Kept", "Kept, and typed."), "Kept, and typed.");
    assert.equal(joined("Kept, and more.", "Kept"), "Kept, and more.");
});

test("a family is cut between its code points only", () => {
    assert.equal(dropCodePoints(FAMILY, 2), "👩‍👧‍👦");
    assert.equal(dropCodePoints("😀a", 1), "a");
});

test("what cannot be carried is left out of what is sent", () => {
    assert.equal(sendable("a\0b\x07c\x7f"), "abc");
    assert.equal(sendable("\ud83d and \ude00"), "\uFFFD and \uFFFD");
    assert.equal(sendable(`${FAMILY}\n\t\u200f`), `${FAMILY}\n\t\u200f`);
});
