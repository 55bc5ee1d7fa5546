/**
 * What stands beside a character's form: its prompt, what is amiss, and tokens at each field. Made anew when the
 * author pauses. Whoever leaves with unsaved work is asked.
 */

import { part } from "../lib/dom.js";

const PAUSE = 400; // ms

export class DraftPanel extends HTMLElement {
    #form;
    #timer;
    #asked;
    #unsaved = false;

    connectedCallback() {
        this.#form = document.getElementById(this.dataset.form);
        this.#unsaved = this.hasAttribute("data-unsaved");
        this.#form.addEventListener("input", this.#changed);
        this.#form.addEventListener("submit", this.#sent);
        document.addEventListener("formset:added", this.#added);
        document.addEventListener("formset:removed", this.#changed);
        window.addEventListener("beforeunload", this.#leaves);
        this.addEventListener("click", this.#goes);
        this.#show();
    }

    disconnectedCallback() {
        this.#form.removeEventListener("input", this.#changed);
        this.#form.removeEventListener("submit", this.#sent);
        document.removeEventListener("formset:added", this.#added);
        document.removeEventListener("formset:removed", this.#changed);
        window.removeEventListener("beforeunload", this.#leaves);
    }

    #changed = () => {
        this.#unsaved = true;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(this.#make, PAUSE);
    };

    /** Whoever asked for another row goes on in it. */
    #added = (event) => {
        if (document.activeElement.closest(".add-row")) event.target.querySelector("textarea, input:not([type=hidden])").focus();
    };

    #make = async () => {
        this.#asked?.abort();
        this.#asked = new AbortController();
        const body = new FormData(this.#form);
        body.delete("upload");
        try {
            const answer = await fetch(this.dataset.preview, { method: "POST", body, signal: this.#asked.signal });
            if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
            this.#put(await answer.text());
            part(this, "problem").hidden = true;
        } catch (error) {
            part(this, "problem").hidden = error.name === "AbortError";
        }
    };

    #put(html) {
        const panel = part(this, "panel");
        const open = [...panel.querySelectorAll("details[open]")].map((fold) => fold.dataset.fold);
        panel.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
        for (const name of open) panel.querySelector(`[data-fold="${name}"]`)?.setAttribute("open", "");
        this.#show();
    }

    /** The tokens of each field, beside its name. */
    #show() {
        for (const count of this.querySelectorAll("[data-tokens-of]")) {
            const place = this.#place(count.dataset.tokensOf);
            if (place) place.textContent = count.value === "0" ? "" : count.textContent;
        }
    }

    #place(field) {
        const heading = document.querySelector(`label[for="id_${field}"], #${field}-group .inline-heading`);
        const there = heading?.parentElement.querySelector(":scope > .tokens");
        if (!heading || there) return there;
        const made = document.createElement("span");
        made.className = "tokens";
        heading.after(made);
        return made;
    }

    #goes = (event) => {
        const field = event.target.closest("[data-field]")?.dataset.field;
        const target = field && document.getElementById(field);
        if (!target) return;
        event.preventDefault();
        for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
        const control = target.matches("input, textarea, select") ? target : target.querySelector("textarea, input:not([type=hidden]), a");
        target.scrollIntoView({ block: "center" });
        (control ?? target).focus({ preventScroll: true });
    };

    #sent = (event) => {
        if (!event.submitter?.hasAttribute("data-keeps")) this.#unsaved = false;
    };

    #leaves = (event) => {
        if (this.#unsaved) event.preventDefault();
    };
}
