/**
 * Asks the model for a character's fields, and lets the author take what it proposes: all from a premise, or one. Nothing
 * of the form changes before he takes it, and what was taken can be taken back.
 */

import { copyOf, part } from "../lib/dom.js";
import { fieldOf } from "../models/draft-fields.js";
import { jsonLines } from "../models/json-lines.js";

const CONTEXT = 2000; // code points of a field that the model is told

export class DraftWriter extends HTMLElement {
    #form;
    #kinds;
    #asked;
    #proposals = new Map(); // by field: element and value, and how it is taken back

    connectedCallback() {
        this.#form = document.getElementById(this.dataset.form);
        this.#kinds = JSON.parse(this.dataset.fields);
        this.#form.addEventListener("click", this.#pressed);
        for (const name of Object.keys(this.#kinds)) this.#offer(name);
        this.hidden = false;
    }

    disconnectedCallback() {
        this.#form.removeEventListener("click", this.#pressed);
        this.#asked?.abort();
    }

    /** A button beside the name of the field. */
    #offer(name) {
        const { heading } = this.#field(name);
        if (!heading) return;
        const button = copyOf(part(this, "ask"));
        button.dataset.field = name;
        button.setAttribute("aria-label", `${button.textContent}: ${heading.textContent.trim()}`);
        heading.after(button);
    }

    #pressed = (event) => {
        const button = event.target.closest("[data-action]");
        if (!button) return;
        const name = button.dataset.field;
        const act = {
            draft: () => this.#ask(Object.keys(this.#kinds)),
            ask: () => this.#ask([name]),
            stop: () => this.#asked?.abort(),
            take: () => (this.#take(name), this.#focus(name, "undo")),
            leave: () => (this.#leave(name), this.#field(name).heading?.parentElement.querySelector(".ask")?.focus()),
            undo: () => (this.#undo(name), this.#focus(name, "take")),
            "take-all": () => this.#all(this.#take),
            "leave-all": () => this.#all(this.#leave),
        }[button.dataset.action];
        act?.();
    };

    async #ask(keys) {
        const empty = !part(this, "premise").value.trim() && Object.keys(this.#written([])).length === 0;
        if (empty) {
            part(this, "premise").closest("details").open = true;
            part(this, "premise").focus();
            return this.#problem(part(this, "problem").dataset.empty);
        }
        this.#asked?.abort();
        const asked = (this.#asked = new AbortController());
        this.#speakChinese(keys);
        this.#busy(keys);
        this.#state("asking");
        this.#problem("");
        try {
            for await (const line of this.#lines(keys, asked.signal)) {
                if (line.length) this.#state("writing", line.length);
                if (line.problem) this.#problem(line.problem);
                if (line.draft) this.#propose(line.draft);
            }
        } catch (error) {
            if (error.name !== "AbortError") this.#problem(part(this, "problem").dataset.lost);
        }
        if (this.#asked !== asked) return;
        this.#state("");
        this.#busy([]);
    }

    /** A premise in Chinese for a character of which there is nothing yet: it speaks Chinese. */
    #speakChinese(keys) {
        const language = this.#form.elements.namedItem("language");
        const isNew = keys.length > 1 && !this.#form.elements.namedItem("name").value;
        if (isNew && /\p{Script=Han}/u.test(part(this, "premise").value)) language.value = "zh";
    }

    #busy(keys) {
        for (const button of this.#form.querySelectorAll(".ask")) {
            button.toggleAttribute("data-busy", keys.includes(button.dataset.field));
        }
    }

    async *#lines(keys, signal) {
        const body = JSON.stringify({
            premise: part(this, "premise").value,
            keys,
            language: this.#form.elements.namedItem("language").value,
            written: this.#written(keys),
        });
        const headers = { "Content-Type": "application/json", "X-CSRFToken": this.#form.elements.namedItem("csrfmiddlewaretoken").value };
        yield* jsonLines((await fetch(this.dataset.url, { method: "POST", body, headers, signal })).body);
    }

    /** What the form says of the others. Of what is asked, all that a list has already: others are wanted. */
    #written(keys) {
        const known = Object.keys(this.#kinds)
            .filter((name) => !keys.includes(name) || Array.isArray(this.#field(name).read()) || keys.length > 1)
            .map((name) => [name, this.#field(name).read()])
            .filter(([, value]) => (Array.isArray(value) ? value.length : value))
            .map(([name, value]) => [name, typeof value === "string" ? [...value].slice(0, CONTEXT).join("") : value]);
        return Object.fromEntries(known);
    }

    #propose(draft) {
        for (const [name, value] of Object.entries(draft)) {
            const field = this.#field(name);
            this.#leave(name);
            if (!field.place || field.shown(value) === field.shown(field.read())) continue;
            const element = copyOf(part(this, "proposal"));
            for (const button of element.querySelectorAll("[data-action]")) button.dataset.field = name;
            part(element, "text").textContent = field.shown(value);
            element.setAttribute("aria-label", `${element.getAttribute("aria-label")}: ${field.heading.textContent.trim()}`);
            field.place.after(element);
            this.#proposals.set(name, { element, value, undo: null });
        }
        this.#count();
        this.#proposals.get(Object.keys(draft).find((name) => this.#proposals.has(name)))?.element.scrollIntoView({ block: "nearest" });
    }

    #take = (name) => {
        const proposal = this.#proposals.get(name);
        proposal.undo = this.#field(name).write(proposal.value);
        this.#shows(proposal);
    };

    #undo(name) {
        const proposal = this.#proposals.get(name);
        proposal.undo();
        proposal.undo = null;
        this.#shows(proposal);
    }

    #leave = (name) => {
        this.#proposals.get(name)?.element.remove();
        this.#proposals.delete(name);
        this.#count();
    };

    #focus(name, action) {
        this.#proposals.get(name).element.querySelector(`[data-action=${action}]`).focus();
    }

    #all(act) {
        for (const [name, proposal] of [...this.#proposals]) if (!proposal.undo) act(name);
    }

    #shows(proposal) {
        part(proposal.element, "choice").hidden = Boolean(proposal.undo);
        part(proposal.element, "taken").hidden = !proposal.undo;
        part(proposal.element, "text").hidden = Boolean(proposal.undo);
        this.#count();
    }

    #count() {
        part(this, "all").hidden = [...this.#proposals.values()].filter((each) => !each.undo).length < 2;
    }

    #state(name, length) {
        part(this, "state").hidden = !name;
        for (const words of this.querySelectorAll("[data-for]")) words.hidden = words.dataset.for !== name;
        if (length) part(this, "length").textContent = length.toLocaleString();
    }

    #problem(sentence) {
        part(this, "problem").hidden = !sentence;
        part(this, "problem").textContent = sentence;
    }

    #field(name) {
        return fieldOf(this.#form, name, this.#kinds[name]);
    }
}
