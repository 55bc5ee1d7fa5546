import assert from "node:assert/strict";
import { test } from "node:test";

import { Impersonation } from "../../static/js/models/impersonation.js";

function drafting({ turn = null } = {}) {
    const told = [];
    const note = (name) => (...rest) => told.push([name, ...rest]);
    const view = { begin: note("begin"), write: note("write"), follow: note("follow"), waits: note("waits") };
    const impersonation = new Impersonation({ view, resume: note("resume"), notice: note("notice"), turn });
    const texts = () => told.filter(([name]) => name === "write").map(([, text]) => text);
    const last = (wanted) => told.filter(([name]) => name === wanted).at(-1)?.slice(1);
    return { impersonation, told, texts, last };
}

function begun() {
    const line = drafting();
    line.impersonation.ask("c-1");
    line.impersonation.receive({ type: "impersonation.begun", client_id: "c-1", turn: "t" });
    line.impersonation.receive({ type: "impersonation.started", turn: "t", generation: 1 });
    return line;
}

const delta = (offset, text, keys = {}) => ({
    type: "impersonation.delta", turn: "t", generation: 1, offset, text, ...keys,
});

test("a line grows, and is whole at its end", () => {
    const { impersonation, texts, last } = begun();

    impersonation.receive(delta(0, "Tell "));
    impersonation.receive(delta(5, "me"));
    impersonation.receive({ type: "impersonation.finished", turn: "t", text: "Tell me more.", reason: "stop" });

    assert.deepEqual(texts(), ["Tell ", "Tell me", "Tell me more."]);
    assert.deepEqual(last("follow"), [null]);
});

test("what another tab asked for is not written here", () => {
    const { impersonation, texts } = drafting();
    impersonation.receive({ type: "impersonation.begun", client_id: "c-9", turn: "t" });
    impersonation.receive(delta(0, "Tell me"));

    assert.deepEqual(texts(), []);
});

test("who writes himself hears no more of it, and has it stopped once", () => {
    const { impersonation, texts } = begun();
    assert.equal(impersonation.leave(), true);

    impersonation.receive(delta(0, "Tell me"));

    assert.deepEqual(texts(), []);
    assert.equal(impersonation.leave(), false);
});

test("one that was left before it began is stopped too, and not followed", () => {
    const { impersonation, texts } = drafting();
    impersonation.ask("c-1");
    assert.equal(impersonation.leave(), true);

    impersonation.receive({ type: "impersonation.begun", client_id: "c-1", turn: "t" });
    impersonation.receive(delta(0, "Tell me"));

    assert.deepEqual(texts(), []);
});

test("a gap is asked for, and what the server has is taken", () => {
    const { impersonation, texts, last } = begun();
    impersonation.receive(delta(5, "me"));
    assert.deepEqual(last("resume"), []);

    impersonation.receive({
        type: "snapshot", impersonation: { turn: "t", generation: 1, text: "Tell me", place: null, sentence: "", ended: false },
    });
    impersonation.receive(delta(7, " more."));

    assert.deepEqual(texts(), ["Tell me", "Tell me more."]);
});

test("an end that was missed is found again", () => {
    const { impersonation, texts, last } = begun();
    impersonation.receive(delta(0, "Tell me"));
    impersonation.receive({ type: "pulse", impersonation: null });
    assert.deepEqual(last("resume"), []);

    impersonation.receive({
        type: "snapshot", impersonation: { turn: "t", generation: 1, text: "Tell me more.", place: null, sentence: "", ended: true },
    });

    assert.deepEqual(texts().at(-1), "Tell me more.");
    assert.deepEqual(last("follow"), [null]);
});

test("a page that comes back goes on with the one that it followed", () => {
    const { impersonation, texts } = drafting({ turn: "t" });

    impersonation.receive({
        type: "snapshot", impersonation: { turn: "t", generation: 2, text: "Tell me", place: null, sentence: "", ended: false },
    });
    impersonation.receive(delta(7, " more.", { generation: 2 }));

    assert.deepEqual(texts(), ["Tell me", "Tell me more."]);
});

test("where another one was begun meanwhile this one is left", () => {
    const { impersonation, texts, last } = begun();

    impersonation.receive({
        type: "snapshot", impersonation: { turn: "u", generation: 1, text: "No.", place: null, sentence: "", ended: false },
    });

    assert.deepEqual([texts(), last("follow")], [[], [null]]);
});

test("its place in the line is told, until it begins", () => {
    const { impersonation, last } = begun();

    impersonation.receive({ type: "impersonation.waiting", turn: "t", place: 2, sentence: "You are second." });
    assert.deepEqual(last("waits"), ["You are second."]);
    impersonation.receive({ type: "pulse", impersonation: { turn: "t", generation: 1, length: 0, place: 2 } });
    assert.equal(last("resume"), undefined);
    impersonation.receive({ type: "impersonation.started", turn: "t", generation: 1 });

    assert.deepEqual(last("waits"), [""]);
});

test("one that fails keeps what there is, and says why", () => {
    const { impersonation, texts, last } = begun();

    impersonation.receive({
        type: "impersonation.failed", turn: "t", text: "Tell", code: "overloaded", sentence: "The model is overloaded.",
    });

    assert.deepEqual([texts(), last("notice"), last("follow")], [["Tell"], ["The model is overloaded."], [null]]);
});

test("one that is refused is not waited for", () => {
    const { impersonation, last } = drafting();
    impersonation.ask("c-1");
    impersonation.refuse("c-2");
    assert.equal(impersonation.asked, "c-1");

    impersonation.refuse("c-1");

    assert.equal(impersonation.asked, null);
    assert.deepEqual(last("follow"), [null]);
});
