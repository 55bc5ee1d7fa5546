import assert from "node:assert/strict";
import { test } from "node:test";

import { line, opened, said } from "./support/line.js";

test("an open line asks for what changed", () => {
    const { last, told } = opened();

    assert.equal(last.url, "ws://host/ws/conversations/k/");
    assert.deepEqual(last.said, [{ type: "resume", revision: 7 }]);
    assert.deepEqual(told.states, ["open"]);
});

test("frames are handed over", () => {
    const { last, told } = opened();

    last.onmessage({ data: '{"type":"pong"}' });

    assert.deepEqual(told.frames, [{ type: "pong" }]);
});

test("nothing is sent on a line that is not open", () => {
    const { socket, last } = line();

    assert.equal(socket.send({ type: "turn.stop" }), false);

    assert.deepEqual(last.said, []);
});

test("the line asks to resume at most once a second, and does not forget", () => {
    const { socket, timers, last, seen } = opened();

    seen.revision = 8;
    socket.resume();
    socket.resume();
    timers.pass(999);
    assert.equal(said(last, "resume").length, 1);

    timers.pass(1);
    assert.deepEqual(said(last, "resume").at(-1), { type: "resume", revision: 8 });
    assert.equal(said(last, "resume").length, 2);
});

test("a network that comes back is used at once", () => {
    const { socket, made, last } = opened();
    last.onclose({ code: 1006 });

    socket.wake();

    assert.equal(made.length, 2);
});

test("a line that is open when the page is looked at is asked whether it lives", () => {
    const { socket, made, last } = opened();

    socket.wake();

    assert.equal(made.length, 1);
    assert.equal(said(last, "ping").length, 1);
});

test("without a network nothing is tried", () => {
    const { socket, timers, made, told } = opened();

    socket.offline();
    timers.pass(60_000);

    assert.equal(made.length, 1);
    assert.equal(told.states.at(-1), "offline");
});

for (const [code, what] of [[4401, "signedOut"], [4403, "dismissed"], [4404, "missing"]]) {
    test(`the code ${code} ends the line: ${what}`, () => {
        const { timers, made, told, last } = opened();

        last.onclose({ code });
        timers.pass(60_000);

        assert.equal(told[what], 1);
        assert.equal(made.length, 1);
    });
}

test("a server that leaves is come back to, and keeps its words while it is away", () => {
    const { timers, made, told, last } = opened();

    last.onclose({ code: 4012 });
    timers.pass(500);

    assert.equal(made.length, 2);
    assert.equal(told.states.at(-1), "leaving");
});
