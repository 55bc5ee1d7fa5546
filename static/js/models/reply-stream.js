/** Assembles a reply from its deltas. What was shown is taken back only where the server's text differs. */

import { codePoints, dropCodePoints } from "../lib/text.js";

export class ReplyStream {
    #length;

    constructor({ text = "", generation = 0 } = {}) {
        this.generation = generation;
        this.#set(text);
    }

    /** In code points. */
    get length() {
        return this.#length;
    }

    /** Takes a delta. False tells of a gap: the text must be asked for. */
    add({ generation, offset, text }) {
        if (generation < this.generation) return true;
        if (offset > this.#length) return false;
        if (generation > this.generation && offset !== this.#length) return false;
        this.generation = generation;
        const fresh = dropCodePoints(text, this.#length - offset);
        this.text += fresh;
        this.#length += codePoints(fresh); // the whole text is not walked with each delta
        return true;
    }

    /** Takes the server's whole text so far; one that is only older than what is shown changes nothing. */
    adopt({ generation, text }) {
        if (generation < this.generation) return;
        this.generation = generation;
        if (!this.text.startsWith(text)) this.#set(text);
    }

    #set(text) {
        this.text = text;
        this.#length = codePoints(text);
    }
}
