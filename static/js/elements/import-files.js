/** Sends the files of its form, and those that are dropped anywhere on the page, one by one, and says what came of each. */

import { copyOf, part } from "../lib/dom.js";
import { ImportQueue } from "../models/import-queue.js";

const MOST = 10 * 1024 * 1024 + 1; // bytes: of a larger file the server needs no more to refuse it

export class ImportFiles extends HTMLElement {
    #leave;
    #queue = new ImportQueue({ send: (file) => this.#send(file), view: this });

    connectedCallback() {
        this.#leave = new AbortController();
        const { signal } = this.#leave;
        this.addEventListener("submit", this.#submit, { signal });
        document.addEventListener("dragenter", this.#drag, { signal });
        document.addEventListener("dragover", this.#drag, { signal });
        document.addEventListener("dragleave", this.#gone, { signal });
        document.addEventListener("drop", this.#drop, { signal });
        part(this, "hint").hidden = false;
    }

    disconnectedCallback() {
        this.#leave.abort();
    }

    showProgress(number, all) {
        this.#says("progress", { number, all });
    }

    showResult({ file, sentence, name, url }) {
        const shown = copyOf(part(this, "result"));
        part(shown, "file").textContent = file;
        part(shown, "sentence").textContent = sentence;
        const link = part(shown, "link");
        shown.toggleAttribute("data-refused", !url);
        if (url) Object.assign(link, { href: url, textContent: name });
        else link.remove();
        part(this, "results").append(shown);
    }

    showFailure(file) {
        this.showResult({ file, sentence: part(this, "status").dataset.failure, name: "", url: "" });
    }

    finish(taken, all) {
        this.#says("done", { number: taken, all });
        this.#offerAgain(taken > 0);
    }

    #submit = (event) => {
        event.preventDefault();
        const field = this.#form.querySelector("[type=file]");
        this.#add([...field.files]);
        field.value = "";
    };

    #drag = (event) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        part(this, "zone").hidden = false;
    };

    #gone = (event) => {
        if (!event.relatedTarget) part(this, "zone").hidden = true;
    };

    #drop = (event) => {
        part(this, "zone").hidden = true;
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        this.#add([...event.dataTransfer.files]);
    };

    #add(files) {
        if (!files.length) return;
        this.#offerAgain(false);
        this.#queue.add(files);
    }

    async #send(file) {
        const body = new FormData(this.#form);
        body.set("cards", file.slice(0, MOST), file.name);
        const answer = await fetch(this.#form.action, { method: "POST", body, headers: { Accept: "application/json" } });
        return answer.json();
    }

    #says(pattern, { number, all }) {
        const status = part(this, "status");
        status.textContent = status.dataset[pattern].replace("{number}", number).replace("{all}", all);
    }

    /** Where the page shows what came in only when it is loaded anew. */
    #offerAgain(offered) {
        const again = part(this, "again");
        if (again) again.hidden = !offered;
    }

    get #form() {
        return this.querySelector("form");
    }
}
