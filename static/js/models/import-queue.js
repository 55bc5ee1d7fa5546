/** Files that are sent one after the other, and what comes of each. More may be added meanwhile. */

export class ImportQueue {
    #send;
    #view;
    #waiting = [];
    #number = 0; // of the file that is sent
    #all = 0;
    #taken = 0;

    /**
     * `send(file)` resolves to the server's {results, errors}; it rejects where there is no such answer.
     * `view` has showProgress(number, all), showResult({file, sentence, name, url}), showFailure(file name)
     * and finish(taken, all).
     */
    constructor({ send, view }) {
        this.#send = send;
        this.#view = view;
    }

    /** Resolves once nothing waits any more. */
    async add(files) {
        const idle = this.#number === this.#all;
        this.#waiting.push(...files);
        this.#all += files.length;
        if (idle) await this.#run();
        else this.#view.showProgress(this.#number + 1, this.#all);
    }

    async #run() {
        while (this.#waiting.length) {
            const file = this.#waiting.shift();
            this.#view.showProgress(this.#number + 1, this.#all);
            await this.#one(file);
            this.#number += 1;
        }
        this.#view.finish(this.#taken, this.#all);
        this.#number = this.#all = this.#taken = 0;
    }

    async #one(file) {
        const answer = await this.#send(file).catch(() => null);
        if (!answer) return this.#view.showFailure(file.name);
        for (const sentence of answer.errors) this.#view.showResult({ file: file.name, sentence, name: "", url: "" });
        for (const result of answer.results) this.#view.showResult(result);
        this.#taken += answer.results.filter((result) => result.url).length;
    }
}
