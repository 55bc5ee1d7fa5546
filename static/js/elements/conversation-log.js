/**
 * Owns the list of messages: places them, follows the reply that grows, puts earlier ones above.
 * Says `reply-open`, `reply-waits`, `earlier-loaded`, `later-wanted` and `end-wanted` upward.
 */

import { copyOf, part, tell } from "../lib/dom.js";
import { drawLines } from "../lib/lines.js";
import { loadPart } from "../lib/parts.js";
import { ScrollAnchor } from "../models/scroll-anchor.js";

const NEAR = 800; // px from an edge at which more is loaded

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
        scroller.addEventListener("scroll", () => this.#moved(scroller), { passive: true });
        this.addEventListener("click", this.#act);
        this.#drawLines();
        if (!this.#jump()) this.#anchor.toEnd();
    }

    disconnectedCallback() {
        this.#sizes.disconnect();
        this.removeEventListener("click", this.#act);
    }

    /** To the message that the page's address names. Whether it is here. */
    #jump() {
        const named = this.#message(location.hash.slice(1));
        named?.scrollIntoView({ block: "center" });
        this.#anchor.moved();
        return Boolean(named);
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
        this.#drawLines();
        this.#anchor.grew();
    }

    update(message, text) {
        const shown = this.#message(message.id);
        shown.update(message, text);
        this.#anchor.keepPlace(() => this.#drawLines());
        if (shown === this.#shown.at(-1)) this.#anchor.grew();
        else this.#anchor.settled();
    }

    write(id, text) {
        this.#message(id).write(text);
        this.#anchor.grew();
    }

    remove(id) {
        this.#message(id).remove();
        this.#drawLines();
    }

    open(id) {
        tell(this, "reply-open", { open: Boolean(id) });
    }

    waits(sentence) {
        tell(this, "reply-waits", { sentence });
    }

    /** Keeps the room of what is taken away until `release`: what the reader looks at stays where it is. */
    hold() {
        this.#list.style.minBlockSize = `${this.#list.offsetHeight}px`;
    }

    release() {
        this.#list.style.minBlockSize = "";
    }

    /** What is being changed stays. */
    mayDrop(ids) {
        return !ids.some((id) => this.#message(id).hasAttribute("data-editing"));
    }

    /** Takes away what is far from the reader, above or below him: it can be loaded again. */
    drop(ids, above) {
        const remove = () => {
            for (const id of ids) this.#message(id).remove();
            if (above) part(this, "earlier").hidden = false;
            this.#drawLines();
        };
        if (above) this.#anchor.keepPlace(remove);
        else remove();
    }

    /** Whether the path goes on below what is shown. */
    get partial() {
        return this.#anchor.partial;
    }

    set partial(partial) {
        if (this.#anchor.partial === partial) return;
        this.#anchor.partial = partial;
        part(this, "later").hidden = !partial;
        this.#anchor.keepPlace(() => this.#drawLines());
    }

    /** Brings the focus back that went with what was taken away: to the same button of what took its place. */
    focusAction(id, action) {
        const message = this.#message(id);
        if (!message || document.activeElement !== document.body) return;
        const [same, other] = [`[data-action=${action}]`, ".swipes button"].map((button) => message.querySelector(`${button}:not(:disabled)`));
        (same ?? other)?.focus({ preventScroll: true });
    }

    /** The later messages did not come. */
    laterFailed() {
        part(this, "later-problem").hidden = false;
    }

    textOf(id) {
        return this.#message(id)?.text ?? "";
    }

    /** What was asked for will not come: it can be asked for again. */
    allow() {
        for (const shown of this.#shown) shown.allow();
    }

    /** Opens an editor in the message. */
    edit(message) {
        message.take(copyOf(part(this, "editor"))).begin(message.text);
    }

    /** Opens the field in which the message gets a name. */
    nameCheckpoint(message) {
        message.take(copyOf(part(this, "checkpoint-field"))).begin(message.checkpoint);
    }

    /** Shows in the message what it said before. */
    async showTexts(message) {
        const answer = await loadPart(`texts/${message.id}/`);
        message.take(copyOf(part(this, "texts"))).show(answer?.texts);
    }

    /** Shows a letter: what was written here and is not yet the server's. */
    showLetter(letter) {
        const known = this.#letter(letter.client_id);
        const shown = known ?? this.#list.appendChild(this.#new());
        shown.draft(letter);
        this.#drawLines();
        if (!known) this.#anchor.toEnd();
    }

    removeLetter(client_id) {
        this.#letter(client_id)?.remove();
        this.#drawLines();
    }

    #act = (event) => {
        const action = event.target.closest("[data-action]")?.dataset.action;
        if (action === "below") {
            this.#anchor.toEnd();
            tell(this, "end-wanted");
        }
        if (action === "earlier") this.#loadEarlier().then(() => this.#focusOldest());
        if (action === "later") this.#wantLater();
    };

    /** What is near the edge of what is shown is loaded before the reader comes to it. */
    #moved({ scrollTop, scrollHeight, clientHeight }) {
        this.#anchor.moved();
        if (scrollTop < NEAR && !part(this, "earlier").hidden && part(this, "earlier-problem").hidden) this.#loadEarlier();
        if (scrollHeight - scrollTop - clientHeight < NEAR && this.#anchor.partial && part(this, "later-problem").hidden) this.#wantLater();
    }

    #wantLater() {
        part(this, "later-problem").hidden = true;
        tell(this, "later-wanted");
    }

    async #loadEarlier() {
        const button = this.querySelector("[data-action=earlier]");
        if (button.disabled) return; // twice would show it twice
        const problem = part(this, "earlier-problem");
        const [first] = this.path;
        problem.hidden = true;
        button.disabled = true;
        const earlier = await loadPart(`earlier/${first.id}/`);
        button.disabled = false;
        problem.hidden = Boolean(earlier);
        if (!earlier || this.path[0]?.id !== first.id) return;
        this.#anchor.keepPlace(() => this.#prepend(earlier));
        tell(this, "earlier-loaded", { messages: earlier.messages });
    }

    #prepend({ messages, earlier }) {
        part(this, "earlier").hidden = !earlier;
        const before = this.#list.firstChild;
        for (const message of messages) this.#list.insertBefore(this.#new(), before).update(message);
        this.#drawLines();
    }

    #focusOldest() {
        const [oldest] = this.#shown;
        oldest.tabIndex = -1;
        oldest.focus({ preventScroll: true });
    }

    #offerEnd(unread) {
        this.querySelector("[data-action=below]").hidden = !unread;
    }

    #drawLines() {
        drawLines(this.#list, (name) => part(this, name), this.partial ? Number(this.dataset.windowStart) : 0);
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
