/** The name of a message while it is given or changed. Says `checkpoint-named` upward. */

import { tell } from "../lib/dom.js";

export class CheckpointName extends HTMLElement {
    connectedCallback() {
        this.addEventListener("submit", this.#submit);
        this.addEventListener("click", this.#click);
        this.addEventListener("keydown", this.#key);
    }

    disconnectedCallback() {
        this.removeEventListener("submit", this.#submit);
        this.removeEventListener("click", this.#click);
        this.removeEventListener("keydown", this.#key);
    }

    /** Begins with the name that the message has, or "". */
    begin(name) {
        this.#field.value = name;
        this.querySelector("[data-action=remove]").hidden = !name;
        this.#field.select();
    }

    close() {
        const message = this.closest("chat-message");
        this.remove();
        message?.edited();
    }

    #submit = (event) => {
        event.preventDefault();
        if (this.#field.value.trim()) this.#name(this.#field.value.trim());
    };

    #click = (event) => {
        const action = event.target.closest("[data-action]")?.dataset.action;
        if (action === "cancel") this.close();
        if (action === "remove") this.#name("");
    };

    #key = (event) => {
        if (event.key === "Escape") this.close();
    };

    #name(name) {
        tell(this, "checkpoint-named", { name, editor: this });
    }

    get #field() {
        return this.querySelector("input");
    }
}
