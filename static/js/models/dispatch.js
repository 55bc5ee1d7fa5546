/**
 * Sends letters in the order they were written, no faster than the server takes them: a few at once, the
 * others one by one. What it holds is lost with the line; the outbox keeps it for the next one.
 */

const AT_ONCE = 5;
const EVERY = 150; // ms; the server takes ten frames a second, and not all of them are letters

export class Dispatch {
    #send;
    #timers;
    #now;
    #queue = [];
    #timer = null;
    #due = -Infinity; // when the next letter left, if all left at an even pace

    constructor({ send, timers, now }) {
        this.#send = send;
        this.#timers = timers;
        this.#now = now;
    }

    add(client_id) {
        if (!this.#queue.includes(client_id)) this.#queue.push(client_id);
        if (this.#timer === null) this.#run();
    }

    /** The line broke. */
    clear() {
        this.#timers.clearTimeout(this.#timer);
        this.#timer = null;
        this.#queue = [];
    }

    #run() {
        this.#timer = null;
        while (this.#queue.length) {
            const wait = this.#due - (AT_ONCE - 1) * EVERY - this.#now();
            if (wait > 0) {
                this.#timer = this.#timers.setTimeout(() => this.#run(), wait);
                return;
            }
            this.#due = Math.max(this.#due, this.#now()) + EVERY;
            this.#send(this.#queue.shift());
        }
    }
}
