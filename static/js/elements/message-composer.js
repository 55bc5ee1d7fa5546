/**
 * Where the reader writes. Keeps what is not yet sent, in this browser, until it is.
 * Says `message-written` and `reply-stop` upward.
 */

import { part, tell } from "../lib/dom.js";
import { local } from "../lib/storage.js";
import { codePoints, LONGEST, sendable } from "../lib/text.js";

const IME = 229; // the key code while an input method composes, in browsers that do not say so otherwise

export class MessageComposer extends HTMLElement {
    #field = null;

    connectedCallback() {
        this.#field = this.querySelector("textarea");
        this.#field.value ||= local.read(this.dataset.draft) ?? "";
        this.#field.addEventListener("input", this.#changed);
        this.#field.addEventListener("keydown", this.#key);
        this.addEventListener("submit", this.#submit);
        this.querySelector("[data-action=stop]").addEventListener("click", this.#stop);
        this.#grow();
    }

    disconnectedCallback() {
        this.#field.removeEventListener("input", this.#changed);
        this.#field.removeEventListener("keydown", this.#key);
        this.removeEventListener("submit", this.#submit);
        this.querySelector("[data-action=stop]").removeEventListener("click", this.#stop);
    }

    /** A reply is being written: it can be stopped. */
    set replying(replying) {
        this.toggleAttribute("data-replying", replying);
    }

    /** The server hears us: without it nothing can be stopped. */
    set heard(heard) {
        this.querySelector("[data-action=stop]").disabled = !heard;
    }

    /** Where the reply stands in line for the model, in words; "" where it does not. */
    get waiting() {
        return part(this, "waiting").textContent;
    }

    set waiting(sentence) {
        if (sentence !== this.waiting) part(this, "waiting").textContent = sentence; // said aloud once
    }

    /** Nothing can be sent any more; what was written can still be read and copied. */
    set closed(closed) {
        if (closed) this.waiting = "";
        this.#field.readOnly = closed;
        this.querySelector("[type=submit]").disabled = closed;
    }

    /** Back to the text; not on a touch screen, where it would bring up the keyboard. */
    focusField() {
        if (!matchMedia("(pointer: coarse)").matches) this.#field.focus();
    }

    /** Puts a text back into the field, above what stands there. */
    putBack(text) {
        this.#field.value = [text, this.#field.value].filter(Boolean).join("\n");
        this.#changed();
        this.#field.focus();
    }

    #key = (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === IME) return;
        if (matchMedia("(pointer: coarse)").matches) return;
        event.preventDefault();
        this.#send();
    };

    #submit = (event) => {
        event.preventDefault();
        this.#send();
        this.#field.focus();
    };

    #stop = () => {
        tell(this, "reply-stop");
        this.focusField();
    };

    #changed = () => {
        local.write(this.dataset.draft, this.#field.value);
        this.#refuse(false);
        this.#grow();
    };

    #send() {
        const text = sendable(this.#field.value);
        if (!text.trim() || this.#field.readOnly) return;
        if (codePoints(text) > LONGEST) {
            this.#refuse(true);
            return;
        }
        tell(this, "message-written", { text });
        this.#field.value = "";
        local.remove(this.dataset.draft);
        this.#grow();
    }

    #refuse(tooLong) {
        part(this, "too-long").hidden = !tooLong;
        this.#field.setAttribute("aria-invalid", String(tooLong));
    }

    #grow() {
        this.#field.style.blockSize = "auto";
        this.#field.style.blockSize = `${this.#field.scrollHeight}px`;
    }
}
