import assert from "node:assert/strict";
import { test } from "node:test";

import { Storage } from "../../static/js/lib/storage.js";
import { Outbox } from "../../static/js/models/outbox.js";
import { fakeStore } from "./support/store.js";

const ONE = { client_id: "c-1", text: "one", at: 1 };
const TWO = { client_id: "c-2", text: "two", at: 2 };

function open(store, conversation = "k") {
    return new Outbox({ storage: new Storage(() => store), conversation });
}

const texts = (letters) => letters.map(({ text }) => text);

test("letters wait in the order they were written, and outlast the page", () => {
    const store = fakeStore();
    const outbox = open(store);
    outbox.add(TWO);
    outbox.add(ONE);

    assert.deepEqual(texts(open(store).waiting), ["one", "two"]);
});

test("an acknowledged letter is gone", () => {
    const store = fakeStore();
    const outbox = open(store);
    outbox.add(ONE);

    assert.equal(outbox.acknowledge("c-1"), true);
    assert.equal(outbox.acknowledge("c-1"), false);

    assert.deepEqual(open(store).letters, []);
});

test("a refused letter keeps its text and its sentence, and is not sent by itself", () => {
    const store = fakeStore();
    open(store).add(ONE);

    assert.equal(open(store).refuse("c-1", "Too long."), true);

    const [letter] = open(store).letters;
    assert.deepEqual([letter.text, letter.refused], ["one", "Too long."]);
    assert.deepEqual(open(store).waiting, []);
});

test("a refused letter waits again with the same id", () => {
    const outbox = open(fakeStore());
    outbox.add(ONE);
    outbox.refuse("c-1", "Too fast.");

    assert.equal(outbox.again("c-1").client_id, "c-1");

    assert.deepEqual(texts(outbox.waiting), ["one"]);
});

test("an error about something else is not ours", () => {
    assert.equal(open(fakeStore()).refuse("c-9", "Busy."), false);
});

test("two tabs do not overwrite each other", () => {
    const store = fakeStore();
    const here = open(store);
    const there = open(store);

    here.add(ONE);
    there.add(TWO);
    here.acknowledge("c-1");

    assert.deepEqual(texts(open(store).letters), ["two"]);
});

test("another conversation has letters of its own", () => {
    const store = fakeStore();
    open(store, "k").add(ONE);

    assert.deepEqual(open(store, "other").letters, []);
});

test("a forbidden storage keeps letters as long as the page", () => {
    const storage = new Storage(() => { throw new Error("forbidden"); });
    const outbox = new Outbox({ storage, conversation: "k" });

    outbox.add(ONE);

    assert.deepEqual(texts(outbox.waiting), ["one"]);
});
