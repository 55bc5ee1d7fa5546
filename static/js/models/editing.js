/** What is being changed in place: each editor stays until the server has what was written in it. */

import { newId } from "../lib/ids.js";

export class Editing {
    #say;
    #editors = new Map(); // by the client_id of what was sent of them

    /** `say(frame, before)` tells the server, and offers to take it back; false where it cannot be told now. */
    constructor(say) {
        this.#say = say;
    }

    edit({ text, anew, editor }) {
        const message = editor.closest("chat-message");
        const frame = { type: "message.edit", client_id: newId(), message: message.dataset.id, text, anew };
        if (text === message.text && !anew) editor.close();
        else if (this.#say(frame, message.text)) this.#editors.set(frame.client_id, editor);
    }

    name({ name, editor }) {
        const message = editor.closest("chat-message");
        const frame = { type: "message.checkpoint", message: message.dataset.id, name };
        if (name === message.checkpoint || this.#say(frame, message.checkpoint)) editor.close();
    }

    saved(client_id) {
        this.#editors.get(client_id)?.close();
        this.#editors.delete(client_id);
    }
}
