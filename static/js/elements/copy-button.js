/** Copies the text of the message it stands in, and says so for a moment. */

const SAID_FOR = 1600; // ms

export class CopyButton extends HTMLElement {
    connectedCallback() {
        this.addEventListener("click", this.#copy);
    }

    disconnectedCallback() {
        this.removeEventListener("click", this.#copy);
    }

    #copy = async () => {
        await navigator.clipboard.writeText(this.closest("chat-message").text);
        this.setAttribute("data-copied", "");
        setTimeout(() => this.removeAttribute("data-copied"), SAID_FOR);
    };
}
