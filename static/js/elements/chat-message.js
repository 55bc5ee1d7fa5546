/** One message: its text, its state, its buttons. Says `message-action` upward. */

import { part, tell } from "../lib/dom.js";
import { MessageText } from "../models/message-text.js";

const GROWING = new Set(["pending", "streaming"]);

export class ChatMessage extends HTMLElement {
    #text = null;

    connectedCallback() {
        this.addEventListener("click", this.#act);
        if (!this.#text) this.#read();
    }

    disconnectedCallback() {
        this.removeEventListener("click", this.#act);
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
            created: message.created_at,
        });
        part(this, "name").textContent = message.name;
        part(this, "sentence").textContent = message.error?.sentence ?? "";
        this.querySelector("[data-action=retry]").disabled = false;
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

    #act = (event) => {
        const button = event.target.closest("[data-action]");
        if (!button) return;
        if (button.dataset.action === "retry") button.disabled = true;
        tell(this, "message-action", { action: button.dataset.action, message: this });
    };

    #read() {
        const root = part(this, "text");
        const written = root.textContent;
        this.#text = new MessageText(root);
        this.#show(written, this.dataset.state);
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
