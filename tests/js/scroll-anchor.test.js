import assert from "node:assert/strict";
import { test } from "node:test";

import { ScrollAnchor } from "../../static/js/models/scroll-anchor.js";

function room({ scrollTop }) {
    const scroller = { scrollTop, scrollHeight: 1000, clientHeight: 400 };
    const told = [];
    return { scroller, told, anchor: new ScrollAnchor(scroller, (unread) => told.push(unread)) };
}

test("a reader at the end is followed", () => {
    const { scroller, anchor } = room({ scrollTop: 600 });
    anchor.moved();

    scroller.scrollHeight = 1100;
    anchor.grew();

    assert.equal(scroller.scrollTop, 1100);
});

test("a reader who went back is not moved, but told", () => {
    const { scroller, told, anchor } = room({ scrollTop: 200 });
    anchor.moved();

    scroller.scrollHeight = 1100;
    anchor.grew();

    assert.equal(scroller.scrollTop, 200);
    assert.equal(told.at(-1), true);
});

test("coming back to the end takes up following", () => {
    const { scroller, told, anchor } = room({ scrollTop: 200 });
    anchor.moved();

    scroller.scrollTop = 590;
    anchor.moved();

    assert.equal(anchor.following, true);
    assert.equal(told.at(-1), false);
});

test("a room that changes tells a reader who went back nothing", () => {
    const { scroller, told, anchor } = room({ scrollTop: 200 });
    anchor.moved();

    scroller.clientHeight = 300;
    anchor.settled();

    assert.deepEqual(told, []);
    assert.equal(scroller.scrollTop, 200);
});

test("text put above leaves the reader where he was", () => {
    const { scroller, anchor } = room({ scrollTop: 50 });

    anchor.keepPlace(() => { scroller.scrollHeight = 1700; });

    assert.equal(scroller.scrollTop, 750);
});

test("the button leads to the end, and the end is followed from there", () => {
    const { scroller, anchor } = room({ scrollTop: 50 });
    anchor.moved();

    anchor.toEnd();
    scroller.scrollHeight = 1200;
    anchor.grew();

    assert.equal(scroller.scrollTop, 1200);
});
