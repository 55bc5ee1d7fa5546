/** A <details> that closes on Escape and when the reader goes elsewhere. Opened upwards, it turns where there is no room. */

export class DropDown extends HTMLElement {
    #leave = new AbortController();

    connectedCallback() {
        this.#leave = new AbortController();
        const { signal } = this.#leave;
        this.addEventListener("keydown", (event) => this.#escape(event), { signal });
        this.#details.addEventListener("toggle", () => this.#turn(), { signal });
        document.addEventListener("click", (event) => this.#elsewhere(event), { signal });
        this.addEventListener("focusout", (event) => event.relatedTarget && this.#elsewhere(event, event.relatedTarget), { signal });
    }

    disconnectedCallback() {
        this.#leave.abort();
    }

    get #details() {
        return this.querySelector("details");
    }

    #turn() {
        this.removeAttribute("data-below");
        const top = this.closest(".log")?.getBoundingClientRect().top ?? 0;
        this.toggleAttribute("data-below", this.querySelector(".menu__sheet").getBoundingClientRect().top < top);
    }

    #escape(event) {
        if (event.key !== "Escape" || !this.#details.open) return;
        this.#details.open = false;
        this.#details.querySelector("summary").focus();
    }

    #elsewhere(event, target = event.target) {
        if (!this.contains(target)) this.#details.open = false;
    }
}
