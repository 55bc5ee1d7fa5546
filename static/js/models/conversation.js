/**
 * What a browser knows of a conversation: the part of the path that is shown, and the open reply. Takes the server's
 * frames and tells the view what to do; asks to resume where something is missing.
 */

import { ReplyStream } from "./reply-stream.js";

const GROWING = new Set(["pending", "streaming"]);

export class Conversation {
    #view;
    #ask;
    #path; // what is shown, oldest first, without the texts
    partial; // the path goes on below what is shown
    #elsewhere = null; // the reply that is open on another branch
    #open = null; // {turn, message, stream, place}; place is a number while it stands in line for the model

    /**
     * `view` has add(message), update(message, text), remove(id), write(id, text), textOf(id), open(id or null),
     * waits(sentence or ""), and hold() and release() around a path that is cut and goes on elsewhere.
     * `ask` has resume(), reload(), end(), later(id or null), acknowledged(client_id or null), refused(error) and notice(sentence).
     * `path` is what the page came with, as messages.
     */
    constructor({ view, ask, revision, path, partial = false, open = null }) {
        this.#view = view;
        this.#ask = ask;
        this.revision = revision;
        this.partial = partial;
        this.#path = path.map(outline);
        if (open && this.#find(open.message)) this.#begin(open);
        else this.#elsewhere = open?.message ?? null;
    }

    receive(frame) {
        this.#handlers[frame.type]?.(frame);
    }

    /** Messages that stand before those that are shown. */
    prepend(messages) {
        this.#path.unshift(...messages.map(outline));
    }

    /** A part of the path below what was shown, which ended with `after`. */
    append({ after, messages, later, open }) {
        if (!this.partial) return;
        if (after !== this.#last) { // the path is another by now
            this.#ask.later(this.#last);
            return;
        }
        for (const message of messages) this.#put(message);
        this.partial = later;
        this.#view.release();
        this.#know(open);
    }

    #handlers = {
        "snapshot": (frame) => this.#catchUp(frame),
        "message.saved": (frame) => this.#saved(frame),
        "turn.waiting": (frame) => this.#stand(frame),
        "turn.started": (frame) => this.#started(frame),
        "reply.delta": (frame) => this.#grow(frame),
        "reply.finished": (frame) => this.#ended(frame),
        "turn.failed": (frame) => this.#ended(frame),
        "head.moved": (frame) => this.#moved(frame),
        "pulse": (frame) => this.#compare(frame),
        "error": (frame) => this.#ask.refused(frame),
    };

    #catchUp({ revision, head, messages, open, reset }) {
        const placed = !reset && messages.every((message) => this.#put(message));
        for (const { client_id } of messages) this.#ask.acknowledged(client_id);
        if (!placed || (revision >= this.revision && !this.partial && this.#last !== head)) {
            this.#ask.reload();
            return;
        }
        this.#raise(revision);
        this.#know(open);
    }

    /** Which reply is open, as the server has it. */
    #know(open) {
        this.#elsewhere = open && !this.#find(open.message) ? open.message : null;
        if (open && this.#awaits(open.message, open.generation)) this.#begin(open);
        else this.#close();
    }

    #saved({ message, revision, head, client_id }) {
        const here = this.#isHere(message, head, revision);
        // Told again what was written here, before it was told at all: more was said since, so the head is another.
        const missed = client_id && !here && revision > this.revision;
        if (missed || (here && !this.#put({ ...message, client_id }))) {
            this.#ask.resume(); // what was written here stays on the page until its place is known
            return;
        }
        this.#seen(revision);
        this.#ask.acknowledged(client_id);
        if (client_id && message.id === head && !this.#find(head)) this.#ask.end(); // one wants to see what one wrote
    }

    #stand({ turn, message, place, sentence }) {
        if (!this.#awaits(message, 0)) return;
        if (this.#open?.message !== message) this.#begin({ turn, message, generation: 0, text: this.#view.textOf(message) });
        this.#queue(place, sentence);
    }

    #started({ turn, message, generation }) {
        if (this.#awaits(message, generation)) this.#begin({ turn, message, generation, text: this.#view.textOf(message) });
    }

    #grow({ turn, message, generation, offset, text }) {
        if (!this.#awaits(message, generation)) return;
        if (this.#open?.message !== message) this.#begin({ turn, message, generation, text: this.#view.textOf(message) });
        const { stream } = this.#open;
        const before = stream.length;
        if (!stream.add({ generation, offset, text })) this.#ask.resume();
        if (stream.length === before) return;
        this.#queue();
        this.#view.write(message, stream.text);
    }

    #ended({ turn, message, revision, head, sentence }) {
        if (this.#open?.turn === turn) this.#close();
        if (!message) this.#ask.notice(sentence);
        else if (this.#isHere(message, head, revision) && !this.#put(sentence ? withSentence(message, sentence) : message)) {
            this.#ask.resume();
        }
        this.#seen(revision);
    }

    #moved({ head, kept, revision }) {
        if (revision <= this.revision) return; // said before what is shown
        const at = this.#path.findIndex(({ id }) => id === kept);
        if (at < 0 && (kept || this.#path[0]?.parent)) {
            this.#ask.reload(); // the paths part above this page
            return;
        }
        this.partial = head !== kept;
        if (this.partial) this.#view.hold();
        this.#cut(at + 1);
        this.#seen(revision);
        if (this.partial) this.#ask.later(kept);
    }

    /** Is it of the branch that is shown? What ends on another one, or came late, does not take its place. */
    #isHere(message, head, revision) {
        return Boolean(this.#find(message.id)) || (message.id === head && revision > this.revision);
    }

    #compare({ revision, head, open }) {
        if (revision < this.revision) return;
        const ours = this.#open;
        const agrees = revision === this.revision
            && (this.partial || head === this.#last)
            && (open?.message ?? null) === (ours?.message ?? this.#elsewhere)
            && (!ours || (open?.place ?? null) === ours.place)
            && (!open || !ours || open.length <= ours.stream.length);
        if (!agrees) this.#ask.resume();
    }

    /** Revisions rise by one: a leap means that something was missed. */
    #seen(revision) {
        if (revision > this.revision + 1) this.#ask.resume();
        else this.#raise(revision);
    }

    #raise(revision) {
        this.revision = Math.max(this.revision, revision);
    }

    /** Is this reply one that may grow? A late frame of a finished reply is not; an unknown one is asked for. */
    #awaits(id, generation) {
        if (id === this.#elsewhere) return false;
        const known = this.#find(id);
        if (!known && this.partial) this.#elsewhere = id;
        else if (!known) this.#ask.resume();
        return Boolean(known) && (GROWING.has(known.state) || generation > known.generation);
    }

    /** Places a message, in place of an alternative if one is shown. False if what it answers is not here. */
    #put(message) {
        const known = this.#find(message.id);
        if (known) {
            if (message.revision >= known.revision) this.#update(known, message);
            return true;
        }
        const alternative = this.#path.findIndex(({ parent }) => parent === message.parent);
        if (alternative >= 0) {
            this.#cut(alternative);
            this.partial = false;
        } else if (this.#path.length && message.depth < this.#path[0].depth) return true; // above this page
        else if (this.#path.length && this.#last !== message.parent) return this.partial;
        this.#path.push(outline(message));
        this.#view.add(message);
        return true;
    }

    /** While a reply grows, its row holds an older text than its deltas gave. */
    #update(known, message) {
        const growing = this.#open?.message === message.id && GROWING.has(message.state);
        Object.assign(known, outline(message));
        this.#view.update(message, growing ? this.#open.stream.text : message.text);
    }

    #cut(index) {
        for (const { id } of this.#path.splice(index).reverse()) {
            if (this.#open?.message === id) this.#close();
            this.#view.remove(id);
        }
    }

    #begin({ turn, message, generation, text, place, sentence }) {
        if (this.#open?.message === message) this.#open.stream.adopt({ generation, text });
        else this.#open = { message, stream: new ReplyStream({ generation, text }) };
        this.#open.turn = turn;
        this.#view.open(message);
        this.#view.write(message, this.#open.stream.text);
        if (generation >= this.#open.stream.generation) this.#queue(place, sentence); // else it was said before it began
    }

    /** Where the open reply stands in line, if it does. */
    #queue(place = null, sentence = "") {
        this.#open.place = place;
        this.#view.waits(sentence);
    }

    #close() {
        this.#open = null;
        this.#view.open(null);
        this.#view.waits("");
    }

    get #last() {
        return this.#path.at(-1)?.id ?? null;
    }

    #find(id) {
        return this.#path.find((known) => known.id === id);
    }
}

function outline({ id, parent, depth, revision, generation, state }) {
    return { id, parent, depth, revision, generation, state };
}

function withSentence(message, sentence) {
    return message.error?.sentence ? message : { ...message, error: { ...message.error, sentence } };
}
