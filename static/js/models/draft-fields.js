/**
 * The fields of a character's form, as a draft knows them: each has `read()`, `write(value)`, and the `place` behind
 * which a proposal stands. Texts of rows are added to those that are there.
 */

const SEPARATORS = { tags: ", ", never_says: "\n" };
const PARTS = { quotes: ["text"], greetings: ["text"], situations: ["when", "then"] };

export function fieldOf(form, name, kind) {
    return name in PARTS ? new Rows(form, name, PARTS[name]) : new Control(form, name, kind);
}

class Control {
    constructor(form, name, kind) {
        this.control = form.elements.namedItem(name);
        this.place = this.control?.closest(".form-row")?.firstElementChild;
        this.heading = form.querySelector(`label[for="id_${name}"]`);
        this.name = name;
        this.kind = kind;
    }

    read() {
        if (this.kind === "yes") return this.control.checked;
        if (this.kind === "number") return Number(this.control.value);
        return this.control.value;
    }

    /** How the value stands in the field. */
    shown(value) {
        return Array.isArray(value) ? value.join(SEPARATORS[this.name]) : String(value);
    }

    /** Returns what takes it back, unless the author went on from it. */
    write(value) {
        const property = this.kind === "yes" ? "checked" : "value";
        const before = this.control[property];
        this.#put(property, property === "checked" ? value : this.shown(value));
        const written = this.control[property];
        return () => this.control[property] === written && this.#put(property, before);
    }

    #put(property, value) {
        this.control[property] = value;
        this.control.dispatchEvent(new Event("input", { bubbles: true }));
        this.control.dispatchEvent(new Event("change", { bubbles: true }));
    }
}

class Rows {
    constructor(form, name, parts) {
        this.group = form.querySelector(`#${name}-group`);
        this.heading = this.group?.querySelector(".inline-heading");
        this.place = this.heading?.parentElement.querySelector(".add-row") ?? this.heading;
        this.name = name;
        this.parts = parts;
    }

    read() {
        return this.#rows().map((row) => this.#values(row)).filter((values) => values.some(Boolean))
            .map((values) => (values.length === 1 ? values[0] : values));
    }

    shown(value) {
        return value.map((each) => (Array.isArray(each) ? each.join(" → ") : each)).join("\n");
    }

    write(value) {
        const filled = value.map((each) => {
            const row = this.#emptyRow();
            const texts = Array.isArray(each) ? each : [each];
            this.parts.forEach((part, index) => this.#put(row, part, texts[index]));
            return { row, written: this.#values(row).join("\0") };
        });
        return () => filled.forEach(({ row, written }) => this.#takeBack(row, written));
    }

    /** A row in which the author wrote on stays. */
    #takeBack(row, written) {
        if (!row.isConnected || this.#values(row).join("\0") !== written) return;
        this.parts.forEach((part) => this.#put(row, part, ""));
        row.querySelector(".inline-deletelink")?.click();
    }

    #emptyRow() {
        const empty = () => this.#rows().find((row) => !this.#values(row).some(Boolean));
        if (!empty()) this.group.querySelector(".add-row a").click();
        return empty();
    }

    #rows() {
        return [...this.group.querySelectorAll(".inline-related:not(.empty-form)")];
    }

    #values(row) {
        return this.parts.map((part) => this.#control(row, part).value.trim());
    }

    #put(row, part, text) {
        const control = this.#control(row, part);
        control.value = text;
        control.dispatchEvent(new Event("input", { bubbles: true }));
    }

    #control(row, part) {
        return row.querySelector(`[name^="${this.name}-"][name$="-${part}"]`);
    }
}
