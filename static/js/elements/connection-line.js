/** The thin line under the header: how the line to the server is, and calm notices. It moves nothing. */

import { part } from "../lib/dom.js";

const NOTICE_FOR = 8000; // ms
const UNDO_FOR = 15_000; // ms; what is deleted can be brought back later too

export class ConnectionLine extends HTMLElement {
    #timer = 0;
    #undoTimer = 0;
    #undo = null;

    connectedCallback() {
        this.addEventListener("click", this.#click);
    }

    disconnectedCallback() {
        this.removeEventListener("click", this.#click);
    }

    get state() {
        return this.dataset.state;
    }

    set state(state) {
        this.dataset.state = state;
        for (const words of this.querySelectorAll("[data-for]")) words.hidden = words.dataset.for !== state;
    }

    notice(sentence) {
        const words = part(this, "notice");
        words.textContent = sentence;
        words.hidden = !sentence;
        clearTimeout(this.#timer);
        if (sentence) this.#timer = setTimeout(() => this.notice(""), NOTICE_FOR);
    }

    /** Says what was done (the type of a frame), and calls `undo` if the reader wants it taken back. */
    offerUndo(done, undo) {
        const words = part(this, "undo");
        for (const each of words.querySelectorAll("[data-done]")) each.hidden = each.dataset.done !== done;
        words.hidden = !undo;
        this.#undo = undo;
        clearTimeout(this.#undoTimer);
        if (undo) this.#undoTimer = setTimeout(() => this.offerUndo(done, null), UNDO_FOR);
    }

    #click = (event) => {
        if (!event.target.closest("[data-action=undo]")) return;
        const undo = this.#undo;
        this.offerUndo("", null);
        undo?.();
    };
}
