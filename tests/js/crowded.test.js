/** Too many windows, or too much at once: a pause that is longer than others, and not the end. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { opened } from "./support/line.js";

const CROWDED = { code: 4429 };

function pauses(random, rounds) {
    const { timers, made } = opened({ random: () => random });
    return Array.from({ length: rounds }, () => {
        made.at(-1).onclose(CROWDED);
        const from = timers.now;
        const count = made.length;
        while (made.length === count) timers.pass(100);
        return timers.now - from;
    });
}

test("the pauses grow from ten seconds to a minute, and are spread", () => {
    assert.deepEqual(pauses(0, 4), [10_000, 20_000, 40_000, 40_000]);
    assert.deepEqual(pauses(1, 4), [15_000, 30_000, 60_000, 60_000]);
});

test("it says so until the line is open again", () => {
    const { timers, made, told } = opened();

    made.at(-1).onclose(CROWDED);
    timers.pass(15_000);
    assert.equal(told.states.at(-1), "crowded");
    made.at(-1).onopen();

    assert.deepEqual(told.states, ["open", "crowded", "open"]);
});

test("looking at the page does not shorten the pause", () => {
    const { socket, timers, made, last } = opened();
    last.onclose(CROWDED);

    socket.wake();
    timers.pass(9_000);

    assert.equal(made.length, 1);
});

test("a network that was gone meanwhile is used when it is back", () => {
    const { socket, made, last } = opened();
    last.onclose(CROWDED);

    socket.offline();
    socket.wake();

    assert.equal(made.length, 2);
});

test("another break has its own words and its own pause again", () => {
    const { timers, made, told } = opened();
    made.at(-1).onclose(CROWDED);
    timers.pass(15_000);

    made.at(-1).onclose({ code: 1006 });
    timers.pass(1000);

    assert.equal(made.length, 3);
    assert.deepEqual(told.states.slice(-2), ["waiting", "connecting"]);
});
