/**
 * What a form of the desk holds, kept in this browser until it is saved: a session may end, and a machine may fall.
 * Rows are found again by their ids; those that have none yet are added.
 */

const OURS = /^(csrfmiddlewaretoken|seen|_.*|.*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS|.*__prefix__.*)$/;
const ROW = /^(\w+)-(\d+)-(\w+)$/;
const FIXED = ["id", "character"]; // of a row: the server's

export class UnsavedForm {
    #form;
    #key;
    #storage;

    constructor(form, key, storage) {
        this.#form = form;
        this.#key = key;
        this.#storage = storage;
    }

    keep() {
        this.#storage.write(this.#key, this.#entries());
    }

    forget() {
        this.#storage.remove(this.#key);
    }

    /** Whether something else is kept than what the form shows. */
    get differs() {
        const kept = this.#storage.read(this.#key);
        return Array.isArray(kept) && JSON.stringify(kept) !== JSON.stringify(this.#entries());
    }

    bringBack() {
        const fields = new Map();
        const rows = new Map();
        for (const [name, value] of this.#storage.read(this.#key)) {
            const [, group, number, part] = name.match(ROW) ?? [];
            if (!group) fields.set(name, [...(fields.get(name) ?? []), value]);
            else rows.set(`${group}-${number}`, { ...rows.get(`${group}-${number}`), group, [part]: value });
        }
        for (const control of this.#form.elements) {
            if (control.name && !OURS.test(control.name) && !ROW.test(control.name)) put(control, fields.get(control.name) ?? []);
        }
        for (const { group, ...parts } of rows.values()) this.#bringBackRow(group, parts);
        this.#form.dispatchEvent(new Event("input", { bubbles: true }));
    }

    #bringBackRow(group, parts) {
        const says = (row) => Object.entries(parts).every(([part, value]) => FIXED.includes(part) || inRow(row, part)?.value === value);
        const texts = Object.entries(parts).filter(([part]) => !FIXED.includes(part) && part !== "position");
        if (!texts.some(([, value]) => value) || this.#rows(group).some(says)) return;
        const row = this.#rows(group).find((each) => parts.id && inRow(each, "id")?.value === parts.id) ?? this.#emptyRow(group, texts);
        for (const [part, value] of Object.entries(parts)) if (!FIXED.includes(part)) put(inRow(row, part), [value]);
    }

    #emptyRow(group, texts) {
        const empty = () => this.#rows(group).find((row) => texts.every(([part]) => !inRow(row, part)?.value));
        if (!empty()) this.#form.querySelector(`#${group}-group .add-row a`).click();
        return empty();
    }

    #rows(group) {
        return [...this.#form.querySelectorAll(`#${group}-group .inline-related:not(.empty-form)`)];
    }

    #entries() {
        return [...new FormData(this.#form)].filter(([name, value]) => typeof value === "string" && !OURS.test(name));
    }
}

function inRow(row, part) {
    return row.querySelector(`[name$="-${part}"]`);
}

function put(control, values) {
    if (!control || control.type === "file") return;
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (control.tagName !== "BUTTON" && control.type !== "submit") control.value = values[0] ?? "";
}
