import assert from "node:assert/strict";
import { test } from "node:test";

import { Storage } from "../../static/js/lib/storage.js";
import { Letters } from "../../static/js/models/letters.js";
import { fakeStore } from "./support/store.js";
import { FakeTimers } from "./support/timers.js";

function kept(store = fakeStore()) {
    const sent = [];
    const shown = new Map();
    const timers = new FakeTimers();
    const letters = new Letters({
        storage: new Storage(() => store),
        conversation: "k",
        send: ({ client_id, text }) => sent.push([client_id, text]),
        view: {
            showLetter: ({ client_id, state }) => shown.set(client_id, state),
            removeLetter: (client_id) => shown.delete(client_id),
        },
        timers,
        now: () => timers.now,
    });
    return { letters, sent, shown };
}

const ONE = { client_id: "c-1", text: "one", at: 1 };

test("what is written before the line is open is sent when it is", () => {
    const { letters, sent, shown } = kept();
    letters.write(ONE);
    assert.deepEqual([sent, shown.get("c-1")], [[], "queued"]);

    letters.open();

    assert.deepEqual([sent, shown.get("c-1")], [[["c-1", "one"]], "sending"]);
});

test("what the server has is taken away, and is not sent again", () => {
    const { letters, sent, shown } = kept();
    letters.open();
    letters.write(ONE);
    letters.acknowledge("c-1");

    letters.close(false);
    letters.open();

    assert.deepEqual([sent.length, shown.size], [1, 0]);
});

test("what the server has not is sent again when the line is back", () => {
    const { letters, sent, shown } = kept();
    letters.open();
    letters.write(ONE);

    letters.close(false);
    assert.equal(shown.get("c-1"), "queued");
    letters.open();

    assert.equal(sent.length, 2);
});

test("a refused one waits until it is wanted", () => {
    const { letters, sent, shown } = kept();
    letters.open();
    letters.write(ONE);
    assert.equal(letters.refuse("c-1", "Too long."), true);
    assert.equal(letters.refuse("c-2", "Not ours."), false);
    assert.equal(shown.get("c-1"), "unsent");

    letters.close(false);
    letters.open();
    assert.equal(sent.length, 1);
    letters.again("c-1");

    assert.equal(sent.length, 2);
});

test("where the line is gone for good nothing is said to be sent later", () => {
    const { letters, shown } = kept();
    letters.write(ONE);

    letters.close(true);

    assert.equal(shown.get("c-1"), "unsent");
});
