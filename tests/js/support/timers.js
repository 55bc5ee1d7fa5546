/** A clock that stands still until it is told to go on. */

export class FakeTimers {
    #timers = new Map();
    #last = 0;

    now = 0;

    setTimeout(act, delay) {
        this.#last += 1;
        this.#timers.set(this.#last, { act, at: this.now + delay });
        return this.#last;
    }

    clearTimeout(id) {
        this.#timers.delete(id);
    }

    /** Lets `duration` pass, in ms, and runs what falls due. */
    pass(duration) {
        const end = this.now + duration;
        for (let due = this.#next(end); due; due = this.#next(end)) {
            const [id, { act, at }] = due;
            this.#timers.delete(id);
            this.now = at;
            act();
        }
        this.now = end;
    }

    #next(end) {
        const due = [...this.#timers].filter(([, { at }]) => at <= end);
        return due.sort(([, one], [, other]) => one.at - other.at)[0];
    }
}
