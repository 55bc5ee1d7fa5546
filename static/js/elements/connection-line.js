/** The thin line under the header: how the line to the server is, and calm notices. It moves nothing. */

import { part } from "../lib/dom.js";

const NOTICE_FOR = 8000; // ms

export class ConnectionLine extends HTMLElement {
    #timer = 0;

    get state() {
        return this.dataset.state;
    }

    set state(state) {
        this.dataset.state = state;
        for (const words of this.querySelectorAll("[data-for]")) words.hidden = words.dataset.for !== state;
    }

    notice(sentence) {
        const words = part(this, "notice");
        words.textContent = sentence;
        words.hidden = !sentence;
        clearTimeout(this.#timer);
        if (sentence) this.#timer = setTimeout(() => this.notice(""), NOTICE_FOR);
    }
}
