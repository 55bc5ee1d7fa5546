/** A line whose sockets, clock and chances are ours. */

import { ConversationSocket } from "../../../static/js/models/conversation-socket.js";
import { FakeTimers } from "./timers.js";

export function line({ random = () => 1 } = {}) {
    const timers = new FakeTimers();
    const made = [];
    const told = { frames: [], states: [], signedOut: 0, dismissed: 0, missing: 0 };
    class FakeSocket {
        said = [];
        closed = false;

        constructor(url) {
            this.url = url;
            made.push(this);
        }

        send(text) {
            this.said.push(JSON.parse(text));
        }

        close() {
            this.closed = true;
        }
    }
    const seen = { revision: 7 };
    const socket = new ConversationSocket({
        url: "ws://host/ws/conversations/k/",
        revision: () => seen.revision,
        on: {
            frame: (frame) => told.frames.push(frame),
            state: (state) => told.states.push(state),
            signedOut: () => { told.signedOut += 1; },
            dismissed: () => { told.dismissed += 1; },
            missing: () => { told.missing += 1; },
        },
        WebSocket: FakeSocket,
        timers,
        now: () => timers.now,
        random,
    });
    socket.connect();
    return { socket, timers, made, told, seen, get last() { return made.at(-1); } };
}

export function opened(options) {
    const room = line(options);
    room.last.onopen();
    return room;
}

export const said = (socket, type) => socket.said.filter((frame) => frame.type === type);
