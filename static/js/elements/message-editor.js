/** The text of a message while it is being changed. Says `message-edited` upward; it stays until that is saved. */

import { tell } from "../lib/dom.js";
import { codePoints, LONGEST, sendable } from "../lib/text.js";

export class MessageEditor extends HTMLElement {
    connectedCallback() {
        this.addEventListener("submit", this.#submit);
        this.addEventListener("click", this.#click);
        this.addEventListener("keydown", this.#key);
        this.#field.addEventListener("input", this.#changed);
    }

    disconnectedCallback() {
        this.removeEventListener("submit", this.#submit);
        this.removeEventListener("click", this.#click);
        this.removeEventListener("keydown", this.#key);
        this.#field.removeEventListener("input", this.#changed);
    }

    /** Begins with the text that the message has. */
    begin(text) {
        this.#field.value = text;
        this.#changed();
        this.#field.focus();
    }

    close() {
        const message = this.closest("chat-message");
        this.remove();
        message?.edited();
    }

    #submit = (event) => {
        event.preventDefault();
        this.#save(event.submitter?.dataset.action === "anew");
    };

    #click = (event) => {
        if (event.target.closest("[data-action=cancel]")) this.close();
    };

    #key = (event) => {
        if (event.key === "Escape") this.close();
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#save(false);
    };

    #changed = () => {
        const field = this.#field;
        field.style.blockSize = "auto";
        field.style.blockSize = `${field.scrollHeight}px`;
        const long = codePoints(sendable(field.value)) > LONGEST;
        field.setAttribute("aria-invalid", String(long));
        this.querySelector("[data-part=too-long]").hidden = !long;
        for (const button of this.querySelectorAll("[type=submit]")) button.disabled = long || !field.value.trim();
    };

    #save(anew) {
        if (this.querySelector("[type=submit]").disabled) return;
        tell(this, "message-edited", { text: sendable(this.#field.value), anew, editor: this });
    }

    get #field() {
        return this.querySelector("textarea");
    }
}
