/** The reply that is being written, where it is one of those that are shown. */

import { ReplyStream } from "./reply-stream.js";

export class OpenReply {
    #view;

    turn = null;
    message = null;
    stream = null;
    place = null; // a number while it stands in line for the model

    /** `view` has open(id or null), waits(sentence or ""), write(id, text) and textOf(id). */
    constructor(view) {
        this.#view = view;
    }

    /** It is this one. Without a text it has the one that is shown. */
    begin({ turn, message, generation, text = this.#view.textOf(message), place, sentence }) {
        if (this.message === message) this.stream.adopt({ generation, text });
        else this.stream = new ReplyStream({ generation, text });
        this.turn = turn;
        this.message = message;
        this.#view.open(message);
        this.#view.write(message, this.stream.text);
        if (generation >= this.stream.generation) this.stand(place, sentence); // else it was said before it began
    }

    /** Takes a delta. False tells of a gap. */
    grow(delta) {
        if (this.message !== delta.message) this.begin({ ...delta, text: undefined });
        const before = this.stream.length;
        const whole = this.stream.add(delta);
        if (this.stream.length > before) {
            this.stand();
            this.#view.write(this.message, this.stream.text);
        }
        return whole;
    }

    /** Where it stands in line, if it does. */
    stand(place = null, sentence = "") {
        this.place = place;
        this.#view.waits(sentence);
    }

    close() {
        this.turn = this.message = this.stream = this.place = null;
        this.#view.open(null);
        this.#view.waits("");
    }
}
