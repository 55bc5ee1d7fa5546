/** PURE: whether a page agrees with where the server says that the conversation stands. */

/** `page` has revision, last (id), partial, open (an OpenReply) and elsewhere (id or null). */
export function agrees({ revision, head, open }, page) {
    const ours = page.open;
    return revision === page.revision
        && (page.partial || head === page.last)
        && (open?.message ?? null) === (ours.message ?? page.elsewhere)
        && (!ours.message || (open?.place ?? null) === ours.place)
        && (!open || !ours.message || open.length <= ours.stream.length);
}
