/**
 * What a browser knows of a conversation: the part of the path that is shown, and the open reply. Takes the server's
 * frames and tells the view what to do; asks to resume where something is missing.
 */

import { OpenReply } from "./open-reply.js";
import { Path } from "./path.js";
import { agrees } from "./pulse.js";

const GROWING = new Set(["pending", "streaming"]);
const WINDOW = 200; // messages that a page holds; what is far from the reader leaves, and can be loaded again
const SLACK = 50; // messages by which it may be passed while one talks

export class Conversation {
    #view;
    #ask;
    #path; // what is shown
    #partial; // the path goes on below what is shown
    #elsewhere = null; // the reply that is open on another branch
    #open;

    /**
     * `view` has add(message), update(message, text), remove(id), write(id, text), textOf(id), open(id or null),
     * waits(sentence or ""), hold() and release() around a path that is cut and goes on elsewhere, and `partial`, which
     * is told whether it goes on below; mayDrop(ids) and drop(ids, above) for what is far from the reader.
     * `ask` has resume(), reload(), end(), later(id or null), acknowledged(client_id or null), refused(error) and notice(sentence).
     * `path` is what the page came with, as messages.
     */
    constructor({ view, ask, revision, path, partial = false, open = null }) {
        this.#view = view;
        this.#ask = ask;
        this.revision = revision;
        this.#reach(partial);
        this.#path = new Path(path);
        this.#open = new OpenReply(view);
        if (open && this.#path.find(open.message)) this.#open.begin(open);
        else this.#elsewhere = open?.message ?? null;
    }

    receive(frame) {
        this.#handlers[frame.type]?.(frame);
    }

    /** Messages that stand before those that are shown. */
    prepend(messages) {
        this.#path.unshift(messages);
        this.#drop(WINDOW, this.#path.length);
    }

    /** A part of the path below what was shown, which ended with `after`. */
    append({ after, messages, later, open }) {
        if (!this.#partial) return;
        if (after !== this.#last) { // the path is another by now
            this.#ask.later(this.#last);
            return;
        }
        for (const message of messages) this.#put(message);
        this.#reach(later);
        this.#view.release();
        this.#know(open);
        this.#drop(0, Math.max(0, this.#path.length - WINDOW));
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
        if (!placed || (revision >= this.revision && !this.#partial && this.#last !== head)) {
            this.#ask.reload();
            return;
        }
        this.#raise(revision);
        this.#know(open);
    }

    /** Which reply is open, as the server has it. */
    #know(open) {
        this.#elsewhere = open && !this.#path.find(open.message) ? open.message : null;
        if (open && this.#awaits(open.message, open.generation)) this.#open.begin(open);
        else this.#open.close();
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
        if (client_id && message.id === head && !this.#path.find(head)) this.#ask.end(); // one wants to see what one wrote
    }

    #stand({ turn, message, place, sentence }) {
        if (!this.#awaits(message, 0)) return;
        if (this.#open.message !== message) this.#open.begin({ turn, message, generation: 0 });
        this.#open.stand(place, sentence);
    }

    #started({ turn, message, generation }) {
        if (this.#awaits(message, generation)) this.#open.begin({ turn, message, generation });
    }

    #grow(delta) {
        if (this.#awaits(delta.message, delta.generation) && !this.#open.grow(delta)) this.#ask.resume();
    }

    #ended({ turn, message, revision, head, sentence }) {
        if (this.#open.turn === turn) this.#open.close();
        if (!message) this.#ask.notice(sentence);
        else if (this.#isHere(message, head, revision) && !this.#put(sentence ? withSentence(message, sentence) : message)) {
            this.#ask.resume();
        }
        this.#seen(revision);
    }

    #moved({ head, kept, revision }) {
        if (revision <= this.revision) return; // said before what is shown
        const at = this.#path.indexOf(kept);
        if (at < 0 && (kept || this.#path.first?.parent)) {
            this.#ask.reload(); // the paths part above this page
            return;
        }
        this.#reach(head !== kept);
        if (this.#partial) this.#view.hold();
        this.#cut(at + 1);
        this.#seen(revision);
        if (this.#partial) this.#ask.later(kept);
    }

    /** Is it of the branch that is shown? What ends on another one, or came late, does not take its place. */
    #isHere(message, head, revision) {
        return Boolean(this.#path.find(message.id)) || (message.id === head && revision > this.revision);
    }

    #compare(beat) {
        const page = {
            revision: this.revision, last: this.#last, partial: this.#partial, open: this.#open, elsewhere: this.#elsewhere,
        };
        if (beat.revision >= this.revision && !agrees(beat, page)) this.#ask.resume();
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
        const known = this.#path.find(id);
        if (!known && this.#partial) this.#elsewhere = id;
        else if (!known) this.#ask.resume();
        return Boolean(known) && (GROWING.has(known.state) || generation > known.generation);
    }

    /** Places a message, in place of an alternative if one is shown. False if what it answers is not here. */
    #put(message) {
        const known = this.#path.find(message.id);
        if (known) {
            if (message.revision >= known.revision) this.#update(known, message);
            return true;
        }
        const alternative = this.#path.indexBelow(message.parent);
        if (alternative >= 0) {
            this.#cut(alternative);
            this.#reach(false);
        } else if (this.#path.length && message.depth < this.#path.first.depth) return true; // above this page
        else if (this.#path.length && this.#last !== message.parent) return this.#partial;
        this.#path.push(message);
        this.#view.add(message);
        if (this.#path.length > WINDOW + SLACK) this.#drop(0, SLACK);
        return true;
    }

    /** While a reply grows, its row holds an older text than its deltas gave. */
    #update(known, message) {
        const growing = this.#open.message === message.id && GROWING.has(message.state);
        this.#path.update(known, message);
        this.#view.update(message, growing ? this.#open.stream.text : message.text);
    }

    #cut(index) {
        for (const id of this.#path.ids.slice(index).reverse()) {
            if (this.#open.message === id) this.#open.close();
            this.#view.remove(id);
        }
        this.#path.remove(index, this.#path.length);
    }

    /** Lets go of what is far from the reader, at one end of what is shown. */
    #drop(start, end) {
        const ids = this.#path.ids.slice(start, end);
        if (!ids.length || !this.#view.mayDrop(ids)) return;
        this.#path.remove(start, ids.length);
        this.#view.drop(ids, start === 0);
        if (start > 0) this.#reach(true);
        const open = this.#open.message;
        if (!ids.includes(open)) return;
        this.#open.close();
        this.#elsewhere = open;
    }

    /** Whether the path goes on below what is shown. */
    #reach(partial) {
        this.#partial = this.#view.partial = partial;
    }

    get #last() {
        return this.#path.last?.id ?? null;
    }
}

function withSentence(message, sentence) {
    return message.error?.sentence ? message : { ...message, error: { ...message.error, sentence } };
}
