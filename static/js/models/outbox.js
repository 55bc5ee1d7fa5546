/**
 * What was written and is not yet acknowledged. Each letter has a place of its own in the storage, so that
 * two tabs do not overwrite each other, and keeps its `client_id`, so that sending it twice is harmless.
 */

export class Outbox {
    #storage;
    #prefix;
    #letters = new Map();

    constructor({ storage, conversation }) {
        this.#storage = storage;
        this.#prefix = `outbox:${conversation}:`;
        for (const key of storage.keys(this.#prefix)) this.#read(key);
    }

    /** Oldest first. */
    get letters() {
        return [...this.#letters.values()].sort((one, other) => one.at - other.at);
    }

    /** What is to be sent when the line is open again: all but what was refused. */
    get waiting() {
        return this.letters.filter((letter) => !letter.refused);
    }

    add(letter) {
        this.#keep({ ...letter, refused: "" });
    }

    /** True if it was one of ours. */
    acknowledge(client_id) {
        this.#storage.remove(this.#prefix + client_id);
        return this.#letters.delete(client_id);
    }

    /** True if it was one of ours. It stays, with the sentence that tells why. */
    refuse(client_id, sentence) {
        const letter = this.#letters.get(client_id);
        if (letter) this.#keep({ ...letter, refused: sentence });
        return Boolean(letter);
    }

    /** The letter, to be sent once more. */
    again(client_id) {
        const letter = { ...this.#letters.get(client_id), refused: "" };
        this.#keep(letter);
        return letter;
    }

    #keep(letter) {
        this.#letters.set(letter.client_id, letter);
        this.#storage.write(this.#prefix + letter.client_id, letter);
    }

    #read(key) {
        const letter = this.#storage.read(key);
        if (letter) this.#letters.set(letter.client_id, letter);
    }
}
