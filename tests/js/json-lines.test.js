import assert from "node:assert/strict";
import { test } from "node:test";

import { jsonLines } from "../../static/js/models/json-lines.js";

function body(...pieces) {
    const bytes = pieces.map((piece) => (typeof piece === "string" ? new TextEncoder().encode(piece) : piece));
    return new ReadableStream({ start: (controller) => (bytes.forEach((each) => controller.enqueue(each)), controller.close()) });
}

async function read(stream) {
    const values = [];
    for await (const value of jsonLines(stream)) values.push(value);
    return values;
}

test("a value comes of each line, however the lines are cut", async () => {
    assert.deepEqual(await read(body('{"a": 1}\n{"b"', ': 2}\n\n{"c": 3}')), [{ a: 1 }, { b: 2 }, { c: 3 }]);
});

test("a character that is cut in the middle comes whole", async () => {
    const bytes = new TextEncoder().encode('{"a": "灯塔"}\n');
    assert.deepEqual(await read(body(...[...bytes].map((byte) => Uint8Array.of(byte)))), [{ a: "灯塔" }]);
});

test("a line that is no JSON is an error", async () => {
    await assert.rejects(read(body("<html>\n")), SyntaxError);
});
