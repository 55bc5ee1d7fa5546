/** Stays at the end unless the reader left it, and keeps the reader's place when text is put above it. */

const NEAR = 48; // px from the end that still count as the end

export class ScrollAnchor {
    #scroller;
    #tell;

    following = true;
    #partial = false;

    /** `scroller` has scrollTop, scrollHeight and clientHeight; `tell(unread)` says whether text waits below. */
    constructor(scroller, tell) {
        this.#scroller = scroller;
        this.#tell = tell;
    }

    /** What stands at the end is not the end of the story: it is not followed. */
    get partial() {
        return this.#partial;
    }

    set partial(partial) {
        this.#partial = partial;
        this.moved();
    }

    /** The reader moved. */
    moved() {
        this.following = !this.#partial && this.#below() <= NEAR;
        if (this.following) this.#tell(false);
    }

    /** Text was added at the end, or the room for it changed. */
    grew() {
        if (this.following) this.toEnd();
        else this.#tell(true);
    }

    /** The room changed, the text did not. */
    settled() {
        if (this.following) this.toEnd();
    }

    toEnd() {
        this.following = true;
        this.#scroller.scrollTop = this.#scroller.scrollHeight;
        this.#tell(false);
    }

    /** Runs `change`, which adds text above, and leaves what the reader sees where it was. */
    keepPlace(change) {
        const below = this.#below();
        change();
        this.#scroller.scrollTop = this.#scroller.scrollHeight - this.#scroller.clientHeight - below;
    }

    #below() {
        return this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight;
    }
}
