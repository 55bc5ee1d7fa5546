import assert from "node:assert/strict";
import { test } from "node:test";

import { line, opened, said } from "./support/line.js";

test("the pauses grow from half a second to fifteen seconds", () => {
    const { timers, made } = opened();
    const pauses = [];

    for (let round = 0; round < 7; round += 1) {
        made.at(-1).onclose({ code: 1006 });
        const from = timers.now;
        const count = made.length;
        while (made.length === count) timers.pass(10);
        pauses.push(timers.now - from);
    }

    assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 15000, 15000]);
});

test("the pauses are spread", () => {
    const { timers, made, last } = opened({ random: () => 0 });

    last.onclose({ code: 1006 });
    timers.pass(250);

    assert.equal(made.length, 2);
});

test("a line that only opens and breaks again does not begin with short pauses", () => {
    const { timers, made } = opened();
    made.at(-1).onclose({ code: 1006 });
    timers.pass(500);

    made.at(-1).onopen();
    made.at(-1).onclose({ code: 1006 });
    timers.pass(999);
    assert.equal(made.length, 2);

    timers.pass(1);
    assert.equal(made.length, 3);
});

test("a line that was heard on begins with short pauses again", () => {
    const { timers, made } = opened();
    made.at(-1).onclose({ code: 1006 });
    timers.pass(500);
    made.at(-1).onopen();
    made.at(-1).onmessage({ data: '{"type":"hello"}' });

    made.at(-1).onclose({ code: 1006 });
    timers.pass(500);

    assert.equal(made.length, 3);
});

test("a quiet line is pinged, and a dead one is opened anew", () => {
    const { timers, made, last } = opened();

    timers.pass(20_000);
    assert.deepEqual(said(last, "ping"), [{ type: "ping" }]);

    timers.pass(15_000);
    assert.equal(made.length, 2);
    assert.equal(last.closed, true);
});

test("a line that answers is left alone", () => {
    const { timers, made, last } = opened();

    for (let round = 0; round < 5; round += 1) {
        timers.pass(20_000);
        last.onmessage({ data: '{"type":"pong"}' });
    }

    assert.equal(made.length, 1);
    assert.equal(said(last, "ping").length, 5);
});

test("an attempt that hangs is given up", () => {
    const { timers, made } = line();

    timers.pass(35_000);

    assert.equal(made.length, 2);
});
