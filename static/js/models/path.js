/** The part of a path that is shown, oldest first: what is known of each message, without its text. */

export class Path {
    #messages;

    constructor(messages) {
        this.#messages = messages.map(outline);
    }

    get length() {
        return this.#messages.length;
    }

    get first() {
        return this.#messages[0];
    }

    get last() {
        return this.#messages.at(-1);
    }

    get ids() {
        return this.#messages.map(({ id }) => id);
    }

    find(id) {
        return this.#messages.find((known) => known.id === id);
    }

    /** Its place; -1 where it is not here. */
    indexOf(id) {
        return this.#messages.findIndex((known) => known.id === id);
    }

    /** The place of what answers the same message; -1 where nothing here does. */
    indexBelow(parent) {
        return this.#messages.findIndex((known) => known.parent === parent);
    }

    push(message) {
        this.#messages.push(outline(message));
    }

    unshift(messages) {
        this.#messages.unshift(...messages.map(outline));
    }

    update(known, message) {
        Object.assign(known, outline(message));
    }

    remove(start, count) {
        this.#messages.splice(start, count);
    }
}

function outline({ id, parent, depth, revision, generation, state }) {
    return { id, parent, depth, revision, generation, state };
}
