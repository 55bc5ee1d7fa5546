/** Files that are sent one by one: each is told of, a bad one keeps none back, and more may come meanwhile. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ImportQueue } from "../../static/js/models/import-queue.js";

const taken = (file) => ({ results: [{ file: file.name, sentence: "New.", name: "Mira", url: "/m/" }], errors: [] });
const refused = (file) => ({ results: [{ file: file.name, sentence: "No card.", name: "", url: "" }], errors: [] });

function queue(send) {
    const heard = [];
    const view = {
        showProgress: (number, all) => heard.push(`${number} of ${all}`),
        showResult: ({ file, sentence }) => heard.push(`${file}: ${sentence}`),
        showFailure: (file) => heard.push(`${file} failed`),
        finish: (number, all) => heard.push(`${number} of ${all} came in`),
    };
    return { heard, queue: new ImportQueue({ send, view }) };
}

const files = (...names) => names.map((name) => ({ name }));

test("each is sent in its turn and told of", async () => {
    const { heard, queue: sent } = queue(async (file) => (file.name === "b" ? refused(file) : taken(file)));

    await sent.add(files("a", "b", "c"));

    assert.deepEqual(heard, ["1 of 3", "a: New.", "2 of 3", "b: No card.", "3 of 3", "c: New.", "2 of 3 came in"]);
});

test("one that cannot be sent keeps no other back", async () => {
    const { heard, queue: sent } = queue((file) => (file.name === "a" ? Promise.reject(new TypeError()) : Promise.resolve(taken(file))));

    await sent.add(files("a", "b"));

    assert.deepEqual(heard, ["1 of 2", "a failed", "2 of 2", "b: New.", "1 of 2 came in"]);
});

test("what the form says is told", async () => {
    const { heard, queue: sent } = queue(async () => ({ results: [], errors: ["Which one?"] }));

    await sent.add(files("a"));

    assert.deepEqual(heard, ["1 of 1", "a: Which one?", "0 of 1 came in"]);
});

test("more may come while one is on its way, and after all have come", async () => {
    let resolve;
    const promise = new Promise((resolved) => (resolve = resolved));
    const { heard, queue: sent } = queue((file) => (file.name === "a" ? promise : Promise.resolve(taken(file))));

    const all = sent.add(files("a"));
    await sent.add(files("b"));
    resolve(taken({ name: "a" }));
    await all;
    await sent.add(files("c"));

    assert.deepEqual(heard, [
        "1 of 1", "1 of 2", "a: New.", "2 of 2", "b: New.", "2 of 2 came in", "1 of 1", "c: New.", "1 of 1 came in",
    ]);
});

test("two are never on their way at once", async () => {
    let under_way = 0;
    const { queue: sent } = queue(async (file) => {
        under_way += 1;
        assert.equal(under_way, 1);
        await Promise.resolve();
        under_way -= 1;
        return taken(file);
    });

    await sent.add(files("a", "b", "c"));
});
