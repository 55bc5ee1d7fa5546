/**
 * What stands beside a character's form: its prompt, what is amiss, and tokens at each field. Made anew when the
 * author pauses. Whoever leaves with unsaved work is asked, and it is kept in this browser until it is saved.
 */

import { part } from "../lib/dom.js";
import { local } from "../lib/storage.js";
import { UnsavedForm } from "../models/unsaved-form.js";

const PAUSE = 400; // ms
const SENT = "draft.sent"; // under which key the form that was sent last is kept

export class DraftPanel extends HTMLElement {
    #form;
    #timer;
    #asked;
    #unsaved = false;
    #kept;

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
        this.#offerKept();
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

    /** What was not saved before, if it is still here. What has been saved is not kept any longer. */
    #offerKept() {
        const sent = local.read(SENT);
        if (sent && document.querySelector(".messagelist .success")) local.remove(sent);
        local.remove(SENT);
        this.#kept = new UnsavedForm(this.#form, this.#key, local);
        const note = part(this.#form, "kept");
        note.hidden = !this.#kept.differs;
        note.addEventListener("click", (event) => {
            const action = event.target.closest("[data-action]")?.dataset.action;
            if (action === "bring-back") this.#kept.bringBack();
            if (action === "throw-away") this.#kept.forget();
            if (action) note.hidden = true;
        });
    }

    get #key() {
        return `draft.${this.dataset.user}.${location.pathname}`;
    }

    #make = async () => {
        this.#kept.keep();
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
        if (event.submitter?.hasAttribute("data-keeps")) return;
        this.#unsaved = false;
        this.#kept.keep();
        local.write(SENT, this.#key);
    };

    #leaves = (event) => {
        if (this.#unsaved) event.preventDefault();
    };
}
