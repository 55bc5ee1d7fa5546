/** What was written here and is on its way: kept in the outbox, sent in its order, shown as it stands. */

import { Dispatch } from "./dispatch.js";
import { Outbox } from "./outbox.js";

export class Letters {
    #outbox;
    #dispatch;
    #view;
    #state = "queued"; // of those that were not refused: sending, queued, or unsent where the line is gone

    /** `send(frame)` tells the server; `view` has showLetter({…letter, state}) and removeLetter(client_id). */
    constructor({ storage, conversation, send, view, timers, now }) {
        this.#outbox = new Outbox({ storage, conversation });
        this.#view = view;
        this.#dispatch = new Dispatch({
            send: (client_id) => {
                const letter = this.#outbox.waiting.find((waiting) => waiting.client_id === client_id);
                if (letter) send({ type: "message.send", client_id, text: letter.text });
            },
            timers,
            now,
        });
    }

    write(letter) {
        this.#outbox.add(letter);
        this.#post(letter.client_id);
    }

    /** One that was refused, once more. */
    again(client_id) {
        this.#post(this.#outbox.again(client_id).client_id);
    }

    /** The server hears: what waits is sent. */
    open() {
        this.#state = "sending";
        this.show();
        for (const { client_id } of this.#outbox.waiting) this.#dispatch.add(client_id);
    }

    /** The line broke; `gone`: for good. */
    close(gone) {
        this.#state = gone ? "unsent" : "queued";
        this.#dispatch.clear();
        this.show();
    }

    acknowledge(client_id) {
        this.#outbox.acknowledge(client_id);
        this.#view.removeLetter(client_id);
    }

    /** True if it was one of ours. It stays, with the sentence that tells why. */
    refuse(client_id, sentence) {
        const ours = this.#outbox.refuse(client_id, sentence);
        if (ours) this.show();
        return ours;
    }

    show() {
        for (const letter of this.#outbox.letters) {
            this.#view.showLetter({ ...letter, state: letter.refused ? "unsent" : this.#state });
        }
    }

    #post(client_id) {
        this.show();
        if (this.#state === "sending") this.#dispatch.add(client_id);
    }
}
