/** A text that stands in the page as it was written, shown by the renderer of messages. */

import { MessageText } from "../models/message-text.js";

export class RichText extends HTMLElement {
    connectedCallback() {
        const written = this.textContent;
        const text = new MessageText(this);
        text.show(written);
        text.end();
        this.setAttribute("data-rendered", "");
    }
}
