import assert from "node:assert/strict";
import { test } from "node:test";

import { swiped } from "../../static/js/models/swipe.js";

const FROM = { x: 200, y: 300, time: 0 };

for (const [meant, to] of [
    ["next", { x: 120, y: 310, time: 200 }],
    ["previous", { x: 280, y: 290, time: 200 }],
    [null, { x: 170, y: 300, time: 200 }], // too short
    [null, { x: 120, y: 380, time: 200 }], // scrolling
    [null, { x: 120, y: 300, time: 900 }], // selecting
]) {
    test(`a finger that goes to ${JSON.stringify(to)} means ${meant}`, () => {
        assert.equal(swiped(FROM, to), meant);
    });
}
