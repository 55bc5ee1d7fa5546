/** The line that the model drafts for the reader: which one is followed here, and its text so far. */

import { ReplyStream } from "./reply-stream.js";

export class Impersonation {
    #view;
    #resume;
    #notice;
    #asked = null; // the client_id of what has no answer yet
    #turn;
    #place = null; // a number while it stands in line for the model
    #stream = new ReplyStream();

    /**
     * `view` has begin(), write(text), follow(turn or null) and waits(sentence or ""); `notice(sentence)` tells why
     * it did not come. `turn` is what was followed when the page was left, or null.
     */
    constructor({ view, resume, notice, turn = null }) {
        this.#view = view;
        this.#resume = resume;
        this.#notice = notice;
        this.#turn = turn;
    }

    /** What was asked for and has no answer: to be said again where the line broke meanwhile. */
    get asked() {
        return this.#asked;
    }

    ask(client_id) {
        this.#asked = client_id;
        this.#turn = null;
        this.#view.begin();
    }

    /** The reader goes on by himself. True where something is being drafted that is to be stopped. */
    leave() {
        const open = Boolean(this.#asked ?? this.#turn);
        this.#asked = null;
        if (open) this.#follow(null);
        return open;
    }

    refuse(client_id) {
        if (client_id === this.#asked) this.leave();
    }

    receive(frame) {
        if (frame.type === "impersonation.begun" && frame.client_id === this.#asked) {
            this.#asked = null;
            this.#follow(frame.turn);
        } else if (frame.type === "snapshot") this.#catchUp(frame.impersonation);
        else if (frame.type === "pulse") this.#compare(frame.impersonation);
        else if (this.#turn && frame.turn === this.#turn) this.#handlers[frame.type]?.(frame);
    }

    #handlers = {
        "impersonation.waiting": ({ place, sentence }) => this.#queue(place, sentence),
        "impersonation.started": () => this.#queue(),
        "impersonation.delta": (frame) => this.#grow(frame),
        "impersonation.finished": ({ text }) => this.#end(text),
        "impersonation.failed": ({ text, sentence }) => {
            this.#end(text);
            this.#notice(sentence);
        },
    };

    #grow(frame) {
        this.#queue();
        if (this.#stream.add(frame)) this.#view.write(this.#stream.text);
        else this.#resume();
    }

    /** `known` is the newest that the server has. Where that is another one, this one was left elsewhere. */
    #catchUp(known) {
        if (!this.#turn) return;
        if (known?.turn !== this.#turn) this.#follow(null);
        else if (known.ended) this.#end(known.text);
        else {
            this.#stream.adopt(known);
            this.#view.write(this.#stream.text);
            this.#view.follow(this.#turn);
            this.#queue(known.place, known.sentence);
        }
    }

    #compare(known) {
        if (!this.#turn) return;
        const agrees = known?.turn === this.#turn && known.length <= this.#stream.length && known.place === this.#place;
        if (!agrees) this.#resume();
    }

    #end(text) {
        if (text) this.#view.write(text);
        this.#follow(null);
    }

    #queue(place = null, sentence = "") {
        this.#place = place;
        this.#view.waits(sentence);
    }

    #follow(turn) {
        this.#turn = turn;
        this.#stream = new ReplyStream();
        this.#view.follow(turn);
        this.#queue();
    }
}
