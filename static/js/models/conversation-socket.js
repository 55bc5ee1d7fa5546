/**
 * The line to one conversation: connects, comes back after a break, asks to resume, and hands over frames.
 * The clock, the timers and the WebSocket class are given to it.
 */

const FIRST_PAUSE = 500; // ms; doubles with each failure
const LONGEST_PAUSE = 15_000; // ms
const FIRST_CROWDED_PAUSE = 10_000; // ms; what is too much is not mended by trying sooner
const LONGEST_CROWDED_PAUSE = 40_000; // ms; up to half of it is added by chance
const QUIET = 20_000; // ms without a frame, then a ping
const DEAD = 35_000; // ms without a frame, then a new connection
const RESUME_EVERY = 1000; // ms

const ENDS = { 4401: "signedOut", 4403: "dismissed", 4404: "missing" };
const AWAY = { 4012: "leaving", 4429: "crowded" };

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

    /** connecting, open, waiting, leaving, crowded, offline or gone */
    state = "connecting";

    /**
     * `revision()` is what the browser has seen. `on` has frame(frame), state(state), and for the ends
     * signedOut(), dismissed() and missing().
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
        if (!Object.values(AWAY).includes(this.state)) this.#become("connecting");
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

    /** The network is back, or the page is looked at again. Where it is crowded, that is no reason to hurry. */
    wake() {
        if (this.state === "open") this.#say({ type: "ping" });
        else if (!["gone", "connecting", "crowded"].includes(this.state)) this.connect();
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
        if (ENDS[code]) {
            this.#become("gone");
            this.#on[ENDS[code]]();
            return;
        }
        this.#become(AWAY[code] ?? "waiting");
        this.#later("connect", this.#pause(), () => this.connect());
        this.#failures += 1;
    }

    #pause() {
        const growth = 2 ** this.#failures;
        const chance = this.#random() / 2;
        if (this.state === "crowded") return Math.min(FIRST_CROWDED_PAUSE * growth, LONGEST_CROWDED_PAUSE) * (1 + chance);
        return Math.min(FIRST_PAUSE * growth, LONGEST_PAUSE) * (0.5 + chance);
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
