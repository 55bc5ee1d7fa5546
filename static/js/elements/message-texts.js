/** What a message said before. Says `message-edited` upward for the text that is to be used again. */

import { copyOf, part, tell } from "../lib/dom.js";

export class MessageTexts extends HTMLElement {
    connectedCallback() {
        this.addEventListener("click", this.#click);
    }

    disconnectedCallback() {
        this.removeEventListener("click", this.#click);
    }

    /** `texts` are {text, created_at}, the newest first; null where they did not come. */
    show(texts) {
        part(this, "problem").hidden = Boolean(texts);
        for (const { text, created_at } of texts ?? []) {
            const row = copyOf(part(this, "row"));
            part(row, "text").textContent = text;
            row.querySelector("time").dateTime = created_at;
            part(this, "rows").append(row);
        }
        this.querySelector("button").focus();
    }

    close() {
        const message = this.closest("chat-message");
        this.remove();
        message?.edited();
    }

    #click = (event) => {
        const button = event.target.closest("button");
        if (button?.dataset.action === "close") this.close();
        if (button?.dataset.action === "use") {
            tell(this, "message-edited", { text: part(button.closest("li"), "text").textContent, anew: false, editor: this });
        }
    };
}
