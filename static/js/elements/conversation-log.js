/**
 * Owns the list of messages: places them, follows the reply that grows, puts earlier ones above.
 * Says `reply-open`, `reply-waits` and `earlier-loaded` upward.
 */

import { drawDays } from "../lib/days.js";
import { copyOf, part, tell } from "../lib/dom.js";
import { ScrollAnchor } from "../models/scroll-anchor.js";

export class ConversationLog extends HTMLElement {
    #anchor = null;
    #list = null;
    #sizes = null;

    connectedCallback() {
        const scroller = part(this, "scroller");
        this.#list = part(this, "messages");
        this.#anchor = new ScrollAnchor(scroller, (unread) => this.#offerEnd(unread));
        this.#sizes = new ResizeObserver(() => this.#anchor.settled());
        this.#sizes.observe(scroller);
        this.#sizes.observe(this.#list);
        scroller.addEventListener("scroll", () => this.#anchor.moved(), { passive: true });
        this.addEventListener("click", this.#act);
        this.#drawDays();
        this.#anchor.toEnd();
    }

    disconnectedCallback() {
        this.#sizes.disconnect();
        this.removeEventListener("click", this.#act);
    }

    /** The messages that are shown, without those that are on their way. */
    get path() {
        return this.#shown.filter((shown) => shown.dataset.id).map((shown) => shown.message);
    }

    /** Adds a message at the end, or in the place of the letter that it was. */
    add(message) {
        const shown = this.#letter(message.client_id) ?? this.#new();
        this.#list.insertBefore(shown, this.#shown.find((other) => !other.dataset.id && other !== shown) ?? null);
        shown.update(message);
        this.#drawDays();
        this.#anchor.grew();
    }

    update(message, text) {
        this.#message(message.id).update(message, text);
        this.#anchor.grew();
    }

    write(id, text) {
        this.#message(id).write(text);
        this.#anchor.grew();
    }

    remove(id) {
        this.#message(id).remove();
        this.#drawDays();
    }

    open(id) {
        tell(this, "reply-open", { open: Boolean(id) });
    }

    waits(sentence) {
        tell(this, "reply-waits", { sentence });
    }

    textOf(id) {
        return this.#message(id)?.text ?? "";
    }

    allowRetry() {
        for (const button of this.querySelectorAll("[data-action=retry]")) button.disabled = false;
    }

    /** Shows a letter: what was written here and is not yet the server's. */
    showLetter(letter) {
        const known = this.#letter(letter.client_id);
        const shown = known ?? this.#list.appendChild(this.#new());
        shown.draft(letter);
        this.#drawDays();
        if (!known) this.#anchor.toEnd();
    }

    removeLetter(client_id) {
        this.#letter(client_id)?.remove();
        this.#drawDays();
    }

    #act = (event) => {
        const action = event.target.closest("[data-action]")?.dataset.action;
        if (action === "below") {
            this.#anchor.toEnd();
            tell(this, "end-wanted");
        }
        if (action === "earlier") this.#loadEarlier(event.target.closest("button"));
    };

    async #loadEarlier(button) {
        const problem = part(this, "earlier-problem");
        const [first] = this.path;
        problem.hidden = true;
        button.disabled = true; // twice would show it twice
        const answer = await fetch(`earlier/${first.id}/`).catch(() => null); // no network: told like any failure
        button.disabled = false;
        if (!answer?.ok || answer.redirected) {
            problem.hidden = false;
            return;
        }
        const { messages, earlier } = await answer.json();
        this.#anchor.keepPlace(() => this.#prepend(messages, earlier));
        tell(this, "earlier-loaded", { messages });
    }

    #prepend(messages, earlier) {
        part(this, "earlier").hidden = !earlier;
        const before = this.#list.firstChild;
        for (const message of messages) this.#list.insertBefore(this.#new(), before).update(message);
        this.#drawDays();
        const [oldest] = this.#shown;
        oldest.tabIndex = -1;
        oldest.focus({ preventScroll: true });
    }

    #offerEnd(unread) {
        this.querySelector("[data-action=below]").hidden = !unread;
    }

    #drawDays() {
        drawDays(this.#list, part(this, "day"));
    }

    #new() {
        return copyOf(part(this, "message"));
    }

    #message(id) {
        return this.#shown.find((shown) => shown.dataset.id === id);
    }

    #letter(client_id) {
        return this.#shown.find((shown) => !shown.dataset.id && shown.dataset.client === client_id);
    }

    get #shown() {
        return [...this.#list.querySelectorAll("chat-message")];
    }
}
