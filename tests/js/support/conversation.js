/** A conversation of two messages, with a view and a line that only write down what they are told. */

import { Conversation } from "../../../static/js/models/conversation.js";

export function message(id, parent, keys = {}) {
    return {
        id, parent, depth: Number(id.slice(1)), role: "assistant", name: "Mira", text: "", state: "finished",
        revision: 1, generation: 1, client_id: null, error: null, ...keys,
    };
}

export const GREETING = message("m0", null, { text: "Hello." });
export const ASKED = message("m1", "m0", { role: "user", text: "Who?", revision: 2, generation: 0 });

export function talk({ path = [GREETING, ASKED], revision = 2, partial = false, open = null, kept = null } = {}) {
    const shown = new Map(path.map(({ id, text }) => [id, text]));
    const told = [];
    const note = (name) => (...rest) => told.push([name, ...rest]);
    const view = {
        add: ({ id, text }) => shown.set(id, text),
        update: ({ id, state, error }, text) => {
            shown.set(id, text);
            told.push(["update", id, state, error?.sentence ?? null]);
        },
        remove: (id) => shown.delete(id),
        write: (id, text) => shown.set(id, text),
        textOf: (id) => shown.get(id) ?? "",
        open: note("open"),
        waits: note("waits"),
        mayDrop: (ids) => !ids.includes(kept),
        drop: (ids, above) => {
            for (const id of ids) shown.delete(id);
            told.push(["drop", ids.length, above]);
        },
        hold: note("hold"),
        release: note("release"),
    };
    const ask = {
        resume: note("resume"), reload: note("reload"), end: note("end"), later: note("later"), acknowledged: note("acknowledged"),
        refused: note("refused"), notice: note("notice"),
    };
    const conversation = new Conversation({ view, ask, revision, path, partial, open });
    const heard = (name) => told.filter(([what]) => what === name).map(([, ...rest]) => rest);
    return { conversation, view, shown, heard, hear: (...frames) => frames.forEach((frame) => conversation.receive(frame)) };
}

export const PENDING = message("m2", "m1", { state: "pending", revision: 3, generation: 0 });
export const SAVED = { type: "message.saved", message: PENDING, revision: 3, head: "m2" };
export const STARTED = { type: "turn.started", turn: "t", kind: "reply", message: "m2", generation: 1 };

export function delta(offset, text, generation = 1) {
    return { type: "reply.delta", turn: "t", message: "m2", generation, offset, text };
}

export function finished(text, keys = {}) {
    const reply = message("m2", "m1", { text, revision: 4, ...keys });
    return { type: "reply.finished", turn: "t", message: reply, reason: "stop", revision: 4, head: "m2" };
}
