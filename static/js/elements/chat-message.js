/**
 * One message: its text, its state, its buttons. Says `message-action` upward; also for an arrow key, and for a
 * finger that draws it aside, which mean the alternative before and after it.
 */

import { part, tell } from "../lib/dom.js";
import { MessageText } from "../models/message-text.js";
import { swiped } from "../models/swipe.js";

const ASKED_ONCE = ["retry", "continue"];
const GROWING = new Set(["pending", "streaming"]);

export class ChatMessage extends HTMLElement {
    #text = null;
    #touched = null; // where a finger came down

    connectedCallback() {
        this.addEventListener("click", this.#act);
        this.addEventListener("keydown", this.#key);
        this.addEventListener("touchstart", this.#touch, { passive: true });
        this.addEventListener("touchend", this.#touch, { passive: true });
        if (!this.#text) this.#read();
    }

    disconnectedCallback() {
        this.removeEventListener("click", this.#act);
        this.removeEventListener("keydown", this.#key);
        this.removeEventListener("touchstart", this.#touch);
        this.removeEventListener("touchend", this.#touch);
    }

    /** The name by which it is found again, or "". */
    get checkpoint() {
        return part(this, "checkpoint").textContent;
    }

    get text() {
        return this.#text.text;
    }

    /** What the page says of it, as the server does. */
    get message() {
        const { id, parent, depth, revision, generation, state, client } = this.dataset;
        return {
            id, parent: parent || null, state, client_id: client || null,
            depth: Number(depth), revision: Number(revision), generation: Number(generation),
        };
    }

    /** Shows `message`, with `text` as the whole of its text so far. */
    update(message, text = message.text) {
        Object.assign(this.dataset, {
            id: message.id, parent: message.parent ?? "", depth: message.depth, role: message.role,
            revision: message.revision, generation: message.generation, client: message.client_id ?? "",
            windowStart: message.window_start,
            created: message.created_at, alternatives: message.alternatives.ids.join(" "),
        });
        part(this, "name").textContent = message.name;
        part(this, "sentence").textContent = message.error?.sentence ?? "";
        this.id = message.id;
        part(this, "why").href = `why/${message.id}/`;
        this.querySelector(".message__time").href = `?at=${message.id}#${message.id}`;
        this.toggleAttribute("data-edited", message.edited > 0);
        this.toggleAttribute("data-hidden", message.hidden);
        this.toggleAttribute("data-drifted", message.drifted);
        this.toggleAttribute("data-checkpoint", Boolean(message.checkpoint));
        part(this, "checkpoint").textContent = message.checkpoint;
        this.allow();
        this.#count();
        this.#showTime(message.created_at);
        this.#show(text, message.state);
    }

    /** An own message that the server does not know yet. */
    draft({ client_id, text, name, at, refused, state }) {
        Object.assign(this.dataset, { client: client_id, role: "user", created: new Date(at).toISOString() });
        part(this, "name").textContent = name;
        part(this, "sentence").textContent = refused;
        this.#showTime(this.dataset.created);
        this.#show(text, state);
    }

    /** The reply's text so far. */
    write(text) {
        this.#show(text, text ? "streaming" : "pending");
    }

    /** What was asked for has an answer: it can be asked for again. */
    allow() {
        for (const action of ASKED_ONCE) this.querySelector(`[data-action=${action}]`).disabled = false;
    }

    /** Takes an editor, or the list of earlier texts, in the place of its text. */
    take(editor) {
        this.setAttribute("data-editing", "");
        part(this, "text").after(editor);
        return editor;
    }

    /** The editor is gone. */
    edited() {
        this.removeAttribute("data-editing");
        this.querySelector("summary").focus({ preventScroll: true });
    }

    /** The alternative `step` further; null where there is none. */
    alternative(step) {
        const ids = this.#alternatives;
        return ids[ids.indexOf(this.dataset.id) + step] ?? null;
    }

    #key = (event) => {
        const step = { ArrowLeft: "previous", ArrowRight: "next" }[event.key];
        if (!step || event.target.closest("textarea, input") || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.#swipe(step);
    };

    #touch = (event) => {
        const [{ clientX: x, clientY: y }] = event.changedTouches;
        const at = { x, y, time: event.timeStamp };
        const step = event.type === "touchend" && this.#touched && swiped(this.#touched, at);
        this.#touched = event.type === "touchstart" && event.touches.length === 1 ? at : null;
        if (step && getSelection().isCollapsed) this.#swipe(step);
    };

    #swipe(step) {
        const button = this.querySelector(`[data-action=${step}]`);
        if (!button.disabled) button.click();
    }

    #act = (event) => {
        const button = event.target.closest("[data-action]");
        if (!button || button.closest("message-editor, message-texts, checkpoint-name")) return;
        if (ASKED_ONCE.includes(button.dataset.action)) button.disabled = true;
        this.querySelector("details").open = false;
        tell(this, "message-action", { action: button.dataset.action, message: this });
    };

    #read() {
        const root = part(this, "text");
        const written = root.textContent;
        this.#text = new MessageText(root);
        this.#count();
        this.#show(written, this.dataset.state);
    }

    /** Which of how many it is. */
    #count() {
        const ids = this.#alternatives;
        const number = ids.indexOf(this.dataset.id) + 1;
        const count = part(this, "count");
        count.textContent = count.dataset.pattern.replace("{number}", number).replace("{all}", ids.length);
        this.toggleAttribute("data-alone", ids.length < 2);
        this.querySelector("[data-action=previous]").disabled = number <= 1;
        this.querySelector("[data-action=next]").disabled = number >= ids.length;
    }

    get #alternatives() {
        return this.dataset.alternatives.split(" ");
    }

    #show(text, state) {
        const growing = GROWING.has(state);
        this.dataset.state = state;
        this.toggleAttribute("data-empty", !text);
        this.setAttribute("aria-busy", String(growing));
        this.#text ??= new MessageText(part(this, "text"));
        this.#text.show(text);
        if (!growing) this.#text.end();
        part(this, "text").setAttribute("data-rendered", "");
    }

    #showTime(moment) {
        const time = this.querySelector("local-time");
        time.querySelector("time").dateTime = moment;
        time.show?.();
    }
}
