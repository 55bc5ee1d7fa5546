import assert from "node:assert/strict";
import { test } from "node:test";

import { ReplyStream } from "../../static/js/models/reply-stream.js";

test("deltas are put together", () => {
    const stream = new ReplyStream();

    assert.ok(stream.add({ generation: 1, offset: 0, text: "Sit " }));
    assert.ok(stream.add({ generation: 1, offset: 4, text: "down." }));

    assert.equal(stream.text, "Sit down.");
});

test("offsets count code points", () => {
    const stream = new ReplyStream({ generation: 1, text: "😀字" });

    assert.ok(stream.add({ generation: 1, offset: 2, text: "a" }));

    assert.equal(stream.text, "😀字a");
    assert.equal(stream.length, 3);
});

test("doubled text is dropped by its offset", () => {
    const stream = new ReplyStream({ generation: 1, text: "😀 one" });

    assert.ok(stream.add({ generation: 1, offset: 0, text: "😀 one two" }));
    assert.ok(stream.add({ generation: 1, offset: 2, text: "one" }));

    assert.equal(stream.text, "😀 one two");
});

test("a gap is told, and changes nothing", () => {
    const stream = new ReplyStream({ generation: 1, text: "one" });

    assert.equal(stream.add({ generation: 1, offset: 5, text: "x" }), false);

    assert.equal(stream.text, "one");
});

test("a new owner goes on where the text stands", () => {
    const stream = new ReplyStream({ generation: 1, text: "one" });

    assert.ok(stream.add({ generation: 2, offset: 3, text: " two" }));

    assert.equal(stream.text, "one two");
    assert.equal(stream.generation, 2);
});

test("a new owner who begins elsewhere is a gap", () => {
    const stream = new ReplyStream({ generation: 1, text: "one" });

    assert.equal(stream.add({ generation: 2, offset: 2, text: "x" }), false);
    assert.equal(stream.add({ generation: 2, offset: 4, text: "x" }), false);
});

test("an old owner is not heard", () => {
    const stream = new ReplyStream({ generation: 2, text: "one" });

    assert.ok(stream.add({ generation: 1, offset: 3, text: " other" }));

    assert.equal(stream.text, "one");
});

test("an older text of the server takes nothing back", () => {
    const stream = new ReplyStream({ generation: 1, text: "one two" });

    stream.adopt({ generation: 2, text: "one" });

    assert.equal(stream.text, "one two");
    assert.equal(stream.generation, 2);
});

test("a longer text of the server, or another one, is taken", () => {
    const stream = new ReplyStream({ generation: 1, text: "one" });

    stream.adopt({ generation: 1, text: "one two" });
    assert.equal(stream.text, "one two");

    stream.adopt({ generation: 2, text: "other" });
    assert.equal(stream.text, "other");
});
