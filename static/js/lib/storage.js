/** The browser's own storage. Where it is full or forbidden, things only last as long as the page. */

export class Storage {
    #store;

    constructor(store) {
        this.#store = store;
    }

    read(key) {
        const text = this.#try((store) => store.getItem(key));
        try {
            return JSON.parse(text ?? "null");
        } catch {
            return null; // not ours
        }
    }

    write(key, value) {
        this.#try((store) => store.setItem(key, JSON.stringify(value)));
    }

    remove(key) {
        this.#try((store) => store.removeItem(key));
    }

    keys(prefix) {
        const keys = this.#try((store) => Object.keys(store)) ?? [];
        return keys.filter((key) => key.startsWith(prefix));
    }

    #try(act) {
        try {
            return act(this.#store());
        } catch {
            return null;
        }
    }
}

export const local = new Storage(() => globalThis.localStorage);
