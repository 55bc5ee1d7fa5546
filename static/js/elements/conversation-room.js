/** A conversation: joins the line, what is known, what is on its way, and the parts that the reader sees. */

import { newId } from "../lib/ids.js";
import { loadPart } from "../lib/parts.js";
import { retell } from "../lib/rows.js";
import { local } from "../lib/storage.js";
import { frameOf, undoOf } from "../models/commands.js";
import { Conversation } from "../models/conversation.js";
import { ConversationSocket } from "../models/conversation-socket.js";
import { Editing } from "../models/editing.js";
import { Impersonation } from "../models/impersonation.js";
import { Letters } from "../models/letters.js";

const RELOAD_EVERY = 10_000; // ms; a page that never agrees with the server is not loaded without end

export class ConversationRoom extends HTMLElement {
    #conversation = null;
    #loading; // the last message above the part of the path that is on its way
    #later = 0; // the timer of a reload that was asked for too early
    #early = null; // what was asked for before the line was open for the first time
    #leave = null;
    #letters = null;
    #ready = false; // the server has said hello on the line that is open
    #socket = null;
    #editing = new Editing((frame, before) => this.#say(frame, before));
    #impersonation = null;
    #swiped = null; // the alternative that was chosen here, and by which button

    connectedCallback() {
        this.#letters = this.#kept();
        this.#listen();
        this.#conversation = this.#know();
        this.#socket = this.#line();
        this.#impersonation = new Impersonation({
            view: this.#composer, turn: this.#composer.followed, resume: () => this.#socket.resume(),
            notice: (sentence) => this.#statusLine.notice(sentence),
        });
        this.#letters.show();
        this.#composer.focusField();
        if (navigator.onLine) this.#socket.connect();
        else this.#socket.offline();
    }

    disconnectedCallback() {
        clearTimeout(this.#later);
        this.#leave.abort();
        this.#socket.close();
    }

    #write({ text }) {
        this.#letters.write({ client_id: newId(), text, at: Date.now() });
    }

    #act(asked) {
        const { action, message } = asked;
        const { client, id } = message.dataset;
        if (action === "again") this.#letters.again(client);
        if (action === "takeback") {
            this.#acknowledged(client);
            this.#composer.putBack(message.text);
        }
        if (action === "edit") this.#log.edit(message);
        if (action === "checkpoint") this.#log.nameCheckpoint(message);
        if (action === "texts") this.#log.showTexts(message);
        const frame = frameOf(action, { id, alternative: (step) => message.alternative(step) }, newId());
        if (!frame) return;
        if (!this.#say(frame, this.#log.path.at(-1)?.id)) {
            this.#log.allow();
            if (["connecting", "open"].includes(this.#socket.state)) this.#early = asked;
        } else if (frame.type === "head.select") this.#swiped = { alternative: frame.message, action };
        else if (frame.type.startsWith("turn.")) this.#composer.focusField();
    }

    #impersonate() {
        const client_id = newId();
        this.#impersonation.ask(client_id);
        this.#say({ type: "turn.impersonate", client_id }); // else it is said when the line is open
    }

    #writeOneself() {
        if (this.#impersonation.leave()) this.#say({ type: "impersonation.stop" });
    }

    /** Tells the server, and offers to take it back. False where the line is not open. */
    #say(frame, before) {
        const sent = this.#ready && this.#socket.send(frame);
        const undo = undoOf(frame, newId(), before);
        if (sent && undo) this.#statusLine.offerUndo(frame.type, () => this.#say(undo, frame.text ?? frame.name));
        return sent;
    }

    async #loadLater(after) {
        if (this.#loading === after) return;
        this.#loading = after;
        const later = await loadPart(after ? `later/${after}/` : "later/");
        this.#loading = undefined;
        if (later) {
            this.#log.dataset.windowStart = later.window_start;
            this.#conversation.append({ after, ...later });
        } else this.#log.laterFailed();
        if (this.#swiped) this.#log.focusAction(this.#swiped.alternative, this.#swiped.action);
        this.#swiped = null;
    }

    #receive(frame) {
        if (frame.type === "hello") this.#greeted();
        this.#conversation.receive(frame);
        this.#impersonation.receive(frame);
        const { message, head } = frame;
        if (message && message.id === head) retell(this.querySelector(".row[aria-current=page]"), message, this.#log.textOf(message.parent));
    }

    #greeted() {
        this.#ready = true;
        this.#letters.open();
        if (this.#impersonation.asked) this.#say({ type: "turn.impersonate", client_id: this.#impersonation.asked });
        if (this.#early) this.#act(this.#early);
        this.#early = null;
    }

    #stateChanged(state) {
        this.#statusLine.state = state;
        this.#composer.heard = state === "open";
        this.#composer.closed = state === "gone";
        if (state === "open") return;
        this.#ready = false;
        this.#letters.close(state === "gone");
        this.#log.allow();
    }

    #acknowledged(client_id) {
        if (!client_id) return;
        this.#letters.acknowledge(client_id);
        this.#editing.saved(client_id);
    }

    #refused({ client_id, sentence }) {
        this.#log.allow();
        this.#impersonation.refuse(client_id);
        if (this.#letters.refuse(client_id, sentence)) return;
        this.#statusLine.offerUndo("", null);
        this.#statusLine.notice(sentence);
    }

    #toEnd() {
        if (this.#log.partial) location.assign(location.pathname);
        else this.#composer.focusField();
    }

    #reload() {
        const early = Number(sessionStorage.getItem("reloaded") ?? 0) + RELOAD_EVERY - Date.now();
        if (early > 0) {
            clearTimeout(this.#later);
            this.#later = setTimeout(() => this.#reload(), early);
            return;
        }
        sessionStorage.setItem("reloaded", String(Date.now()));
        location.reload();
    }

    #know() {
        const { revision, open, turn, generation, place } = this.dataset;
        const path = this.#log.path;
        for (const { client_id } of path) this.#letters.acknowledge(client_id);
        return new Conversation({
            view: this.#log,
            path,
            revision: Number(revision),
            partial: this.hasAttribute("data-later"),
            open: open && {
                message: open, turn, generation: Number(generation), text: this.#log.textOf(open),
                place: place ? Number(place) : null, sentence: this.#composer.waiting,
            },
            ask: {
                resume: () => this.#socket.resume(),
                reload: () => this.#reload(),
                end: () => location.assign(location.pathname),
                later: (after) => this.#loadLater(after),
                acknowledged: (client_id) => this.#acknowledged(client_id),
                refused: (error) => this.#refused(error),
                notice: (sentence) => this.#statusLine.notice(sentence),
            },
        });
    }

    #kept() {
        const showLetter = (letter) => this.#log.showLetter({ ...letter, name: this.dataset.persona });
        return new Letters({
            storage: local,
            conversation: this.dataset.conversation,
            send: (frame) => this.#socket.send(frame),
            view: { showLetter, removeLetter: (client_id) => this.#log.removeLetter(client_id) },
            timers: window,
            now: () => performance.now(),
        });
    }

    #line() {
        const url = new URL(this.dataset.socket, location.href);
        url.protocol = url.protocol.replace("http", "ws");
        return new ConversationSocket({
            url: url.href,
            revision: () => this.#conversation.revision,
            on: {
                frame: (frame) => this.#receive(frame),
                state: (state) => this.#stateChanged(state),
                signedOut: () => location.assign(this.dataset.signIn),
                dismissed: () => { this.#statusLine.state = "dismissed"; },
                missing: () => { this.#statusLine.state = "missing"; },
            },
            WebSocket,
            timers: window,
            now: () => performance.now(),
            random: Math.random,
        });
    }

    #listen() {
        this.#leave = new AbortController();
        const { signal } = this.#leave;
        const on = (target, name, act) => target.addEventListener(name, act, { signal });
        on(this, "message-written", ({ detail }) => this.#write(detail));
        on(this, "message-edited", ({ detail }) => this.#editing.edit(detail));
        on(this, "checkpoint-named", ({ detail }) => this.#editing.name(detail));
        on(this, "impersonation-wanted", () => this.#impersonate());
        on(this, "impersonation-left", () => this.#writeOneself());
        on(this, "message-action", ({ detail }) => this.#act(detail));
        on(this, "reply-stop", () => this.#socket.send({ type: "turn.stop" }));
        on(this, "reply-open", ({ detail }) => { this.#composer.replying = detail.open; });
        on(this, "reply-waits", ({ detail }) => { this.#composer.waiting = detail.sentence; });
        on(this, "end-wanted", () => this.#toEnd());
        on(this, "later-wanted", () => this.#loadLater(this.#log.path.at(-1)?.id ?? null));
        on(this, "earlier-loaded", ({ detail }) => this.#conversation.prepend(detail.messages));
        on(window, "online", () => this.#socket.wake());
        on(window, "offline", () => this.#socket.offline());
        on(document, "visibilitychange", () => document.hidden || this.#socket.wake());
    }

    get #log() {
        return this.querySelector("conversation-log");
    }

    get #composer() {
        return this.querySelector("message-composer");
    }

    get #statusLine() {
        return this.querySelector("connection-line");
    }
}
