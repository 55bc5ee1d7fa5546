/**
 * Where the reader writes, or lets the model draft his line. Keeps what is not yet sent, in this browser, until it is.
 * Says `message-written`, `reply-stop`, `impersonation-wanted` and `impersonation-left` upward.
 */

import { part, tell } from "../lib/dom.js";
import { local } from "../lib/storage.js";
import { codePoints, joined, LONGEST, sendable } from "../lib/text.js";

const IME = 229; // the key code while an input method composes, in browsers that do not say so otherwise

export class MessageComposer extends HTMLElement {
    #field = null;
    #own = ""; // what the reader wrote above a line that is drafted
    #drafted = ""; // what the field held when the model was the last to write in it

    connectedCallback() {
        this.#field = this.querySelector("textarea");
        this.#takeEarly();
        this.#field.addEventListener("input", this.#changed);
        this.#field.addEventListener("keydown", this.#key);
        this.addEventListener("submit", this.#submit);
        this.addEventListener("click", this.#click);
        this.querySelector("[type=submit]").disabled = false;
        this.#grow();
    }

    disconnectedCallback() {
        this.#field.removeEventListener("input", this.#changed);
        this.#field.removeEventListener("keydown", this.#key);
        this.removeEventListener("submit", this.#submit);
        this.removeEventListener("click", this.#click);
    }

    /** A reply is being written: it can be stopped. */
    set replying(replying) {
        this.toggleAttribute("data-replying", replying);
        this.querySelector("[data-action=impersonate]").disabled = replying;
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

    /** The turn that drafted here when the page was left; null where none did. */
    get followed() {
        const left = local.read(this.dataset.impersonation);
        this.#own = left?.own ?? "";
        this.toggleAttribute("data-drafting", Boolean(left));
        return left?.turn ?? null;
    }

    /** A line is asked for: it is to stand below what the reader wrote, and what was drafted before gives way. */
    begin() {
        if (this.#field.value !== this.#drafted) this.#own = this.#field.value.trimEnd();
        this.#field.value = this.#own;
        this.toggleAttribute("data-drafting", true);
        this.waits("");
    }

    /** It is drafted in this turn; null: not any more. */
    follow(turn) {
        this.toggleAttribute("data-drafting", Boolean(turn));
        if (turn) local.write(this.dataset.impersonation, { turn, own: this.#own });
        else local.remove(this.dataset.impersonation);
    }

    /** The line that is drafted, as it is by now. */
    write(text) {
        this.#field.value = this.#drafted = [this.#own, text].filter(Boolean).join("\n");
        this.#keep();
        this.#field.scrollTop = this.#field.scrollHeight;
    }

    /** Where the line that is drafted stands in the line for the model, in words. */
    waits(sentence) {
        const drafting = this.hasAttribute("data-drafting") && this.#field.value === this.#own;
        this.waiting = sentence || (drafting ? this.dataset.draftingWords : "");
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

    /** What was typed before this code came stands below what was kept, and is the reader's own. */
    #takeEarly() {
        const kept = local.read(this.dataset.draft) ?? "";
        this.#field.value = joined(kept, this.#field.value);
        const early = this.#field.value.slice(kept.length).trim();
        if (!early) return;
        this.#keep();
        const left = local.read(this.dataset.impersonation);
        if (left) local.write(this.dataset.impersonation, { ...left, own: [left.own, early].filter(Boolean).join("\n") });
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

    #click = (event) => {
        const action = event.target.closest("[data-action]")?.dataset.action;
        if (action === "stop") tell(this, this.hasAttribute("data-drafting") ? "impersonation-left" : "reply-stop");
        if (action === "impersonate") tell(this, "impersonation-wanted");
        if (action) this.focusField();
    };

    #changed = () => {
        if (this.hasAttribute("data-drafting")) tell(this, "impersonation-left");
        this.#keep();
    };

    #keep() {
        local.write(this.dataset.draft, this.#field.value);
        this.#refuse(false);
        this.#grow();
    }

    #send() {
        const text = sendable(this.#field.value);
        if (!text.trim() || this.#field.readOnly) return;
        if (codePoints(text) > LONGEST) {
            this.#refuse(true);
            return;
        }
        if (this.hasAttribute("data-drafting")) tell(this, "impersonation-left");
        tell(this, "message-written", { text });
        this.#field.value = this.#own = this.#drafted = "";
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
