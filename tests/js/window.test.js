import assert from "node:assert/strict";
import { test } from "node:test";

import { message, talk } from "./support/conversation.js";

function messages(from, to) {
    return Array.from({ length: to - from + 1 }, (_, index) => {
        const depth = from + index;
        return message(`m${depth}`, depth ? `m${depth - 1}` : null);
    });
}

test("what is far below leaves a page that goes up, and is found again", () => {
    const { conversation, view, shown, heard } = talk({ path: messages(150, 349) });

    conversation.prepend(messages(100, 149));

    assert.deepEqual([heard("drop"), view.partial], [[[50, false]], true]);
    assert.equal(shown.has("m300"), false);
    conversation.append({ after: "m299", messages: messages(300, 349), later: false, open: null });
    assert.deepEqual([heard("drop").at(-1), view.partial, shown.has("m349")], [[50, true], false, true]);
});

test("an open reply that leaves goes on elsewhere, and is taken up again", () => {
    const open = { turn: "t", message: "m349", generation: 1, text: "I am", place: null, sentence: "" };
    const path = [...messages(150, 348), { ...message("m349", "m348"), state: "streaming" }];
    const { conversation, shown, heard, hear } = talk({ path, open });

    conversation.prepend(messages(100, 149));
    hear({ type: "reply.delta", turn: "t", message: "m349", generation: 1, offset: 4, text: " here" });
    assert.deepEqual([heard("open").at(-1), heard("resume")], [[null], []]);

    const late = { ...open, text: "I am here" };
    const growing = { ...message("m349", "m348"), state: "streaming" };
    conversation.append({ after: "m299", messages: [...messages(300, 348), growing], later: false, open: late });
    assert.equal(shown.get("m349"), "I am here");
});

test("while one talks on, the oldest leave in parts", () => {
    const { hear, heard, shown } = talk({ path: messages(0, 249) });

    hear({ type: "message.saved", message: message("m250", "m249"), revision: 3, head: "m250" });

    assert.deepEqual(heard("drop"), [[50, true]]);
    assert.deepEqual([shown.has("m49"), shown.has("m50"), shown.has("m250")], [false, true, true]);
});

test("what is being changed stays, and all that would leave with it", () => {
    const { conversation, view, heard } = talk({ path: messages(150, 349), kept: "m340" });

    conversation.prepend(messages(100, 149));

    assert.deepEqual([heard("drop"), view.partial], [[], false]);
});
