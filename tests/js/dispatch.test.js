import assert from "node:assert/strict";
import { test } from "node:test";

import { Dispatch } from "../../static/js/models/dispatch.js";
import { FakeTimers } from "./support/timers.js";

function desk() {
    const timers = new FakeTimers();
    const sent = [];
    const dispatch = new Dispatch({
        send: (client_id) => sent.push({ client_id, at: timers.now }), timers, now: () => timers.now,
    });
    return { dispatch, timers, sent, ids: () => sent.map(({ client_id }) => client_id) };
}

test("five letters go at once, the others one by one, in their order", () => {
    const { dispatch, timers, sent, ids } = desk();

    for (let each = 0; each < 8; each += 1) dispatch.add(each);
    assert.deepEqual(ids(), [0, 1, 2, 3, 4]);
    timers.pass(1000);

    assert.deepEqual(ids(), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert.deepEqual(sent.slice(5).map(({ at }) => at), [150, 300, 450]);
});

test("forty letters never come faster than ten a second with a burst of twenty", () => {
    const { dispatch, timers, sent } = desk();

    for (let each = 0; each < 40; each += 1) dispatch.add(each);
    timers.pass(10_000);

    assert.equal(sent.length, 40);
    for (const [first, { at: from }] of sent.entries()) {
        for (const [last, { at: to }] of sent.entries()) {
            if (last >= first) assert.ok(last - first + 1 <= 5 + (to - from) / 150);
        }
    }
});

test("what is written meanwhile comes after what waits", () => {
    const { dispatch, timers, ids } = desk();
    for (let each = 0; each < 6; each += 1) dispatch.add(each);

    timers.pass(149);
    dispatch.add("new");
    timers.pass(1000);

    assert.deepEqual(ids().slice(-2), [5, "new"]);
});

test("a letter that waits already is not sent twice", () => {
    const { dispatch, timers, ids } = desk();
    for (const each of [0, 1, 2, 3, 4, 5, 5]) dispatch.add(each);

    timers.pass(1000);

    assert.deepEqual(ids(), [0, 1, 2, 3, 4, 5]);
});

test("a line that breaks takes what waits with it, and lends no second burst", () => {
    const { dispatch, timers, ids } = desk();
    for (let each = 0; each < 7; each += 1) dispatch.add(each);

    dispatch.clear();
    timers.pass(100);
    for (let each = 5; each < 7; each += 1) dispatch.add(each);
    assert.deepEqual(ids(), [0, 1, 2, 3, 4]);
    timers.pass(1000);

    assert.deepEqual(ids(), [0, 1, 2, 3, 4, 5, 6]);
});

test("after a rest, letters go at once again", () => {
    const { dispatch, timers, ids } = desk();
    for (let each = 0; each < 5; each += 1) dispatch.add(each);

    timers.pass(750);
    for (let each = 5; each < 10; each += 1) dispatch.add(each);

    assert.equal(ids().length, 10);
});
