/**
 * The line to one conversation: connects, comes back after a break, asks to resume, and hands over frames.
 * The clock, the timers and the WebSocket class are given to it.
 */

const FIRST_PAUSE = 500; // ms; doubles with each failure
const LONGEST_PAUSE = 15_000; // ms
const QUIET = 20_000; // ms without a frame, then a ping
const DEAD = 35_000; // ms without a frame, then a new connection
const RESUME_EVERY = 1000; // ms

const SIGNED_OUT = 4401;
const NOT_FOUND = 4404;
const COME_BACK = 4012;

export class ConversationSocket {
    #make;
    #timers;
    #now;
    #random;
    #revision;
    #on;
    #socket = null;
    #failures = 0;
    #resumedAt = -Infinity;
    #pending = new Map(); // name -> timer

    /** connecting, open, waiting, leaving, offline or gone */
    state = "connecting";

    /**
     * `revision()` is what the browser has seen. `on` has frame(frame), state(state), signedOut() and
     * missing().
     */
    constructor({ url, revision, on, WebSocket, timers, now, random }) {
        this.#make = () => new WebSocket(url);
        this.#revision = revision;
        this.#on = on;
        this.#timers = timers;
        this.#now = now;
        this.#random = random;
    }

    connect() {
        this.#drop();
        if (this.state !== "leaving") this.#become("connecting");
        const socket = this.#make();
        this.#socket = socket;
        socket.onopen = () => this.#opened();
        socket.onmessage = (event) => this.#received(event.data);
        socket.onclose = (event) => this.#closed(event.code);
        this.#later("dead", DEAD, () => this.connect());
    }

    close() {
        this.#drop();
        this.#become("gone");
    }

    /** False where the line is not open; nothing is kept. */
    send(frame) {
        if (this.state !== "open") return false;
        this.#say(frame);
        return true;
    }

    /** Asks for what changed, at most once a second. */
    resume() {
        if (this.state !== "open" || this.#pending.has("resume")) return;
        const wait = this.#resumedAt + RESUME_EVERY - this.#now();
        if (wait > 0) this.#later("resume", wait, () => this.#resumeNow());
        else this.#resumeNow();
    }

    /** The network is back, or the page is looked at again. */
    wake() {
        if (this.state === "open") this.#say({ type: "ping" });
        else if (this.state !== "gone" && this.state !== "connecting") this.connect();
    }

    offline() {
        if (this.state === "gone") return;
        this.#drop();
        this.#become("offline");
    }

    #opened() {
        this.#become("open");
        this.#resumeNow();
        this.#listen();
    }

    #received(data) {
        this.#failures = 0;
        this.#listen();
        this.#on.frame(JSON.parse(data));
    }

    #closed(code) {
        this.#drop();
        if (code === SIGNED_OUT || code === NOT_FOUND) {
            this.#become("gone");
            if (code === SIGNED_OUT) this.#on.signedOut();
            else this.#on.missing();
            return;
        }
        this.#become(code === COME_BACK ? "leaving" : "waiting");
        const pause = Math.min(FIRST_PAUSE * 2 ** this.#failures, LONGEST_PAUSE);
        this.#failures += 1;
        this.#later("connect", pause * (0.5 + this.#random() / 2), () => this.connect());
    }

    #listen() {
        this.#later("ping", QUIET, () => this.#say({ type: "ping" }));
        this.#later("dead", DEAD, () => this.connect());
    }

    #resumeNow() {
        this.#pending.delete("resume");
        this.#resumedAt = this.#now();
        this.#say({ type: "resume", revision: this.#revision() });
    }

    #say(frame) {
        this.#socket.send(JSON.stringify(frame));
    }

    #become(state) {
        if (state === this.state) return;
        this.state = state;
        this.#on.state(state);
    }

    #later(name, delay, act) {
        this.#timers.clearTimeout(this.#pending.get(name));
        this.#pending.set(name, this.#timers.setTimeout(act, delay));
    }

    #drop() {
        for (const timer of this.#pending.values()) this.#timers.clearTimeout(timer);
        this.#pending.clear();
        if (!this.#socket) return;
        this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
        this.#socket.close();
        this.#socket = null;
    }
}
