/** Lengths and offsets in Unicode code points, as the protocol counts them; and what it can carry. */

export const LONGEST = 16_000; // code points of a message, as the server has it

export function codePoints(text) {
    let count = 0;
    for (const _ of text) count += 1;
    return count;
}

export function dropCodePoints(text, count) {
    let index = 0;
    for (let left = count; left > 0 && index < text.length; left -= 1) {
        index += text.codePointAt(index) > 0xffff ? 2 : 1;
    }
    return text.slice(index);
}

/** A text that was kept and one that was typed meanwhile, the one below the other; once what both begin with. */
export function joined(kept, typed) {
    if (typed.startsWith(kept)) return typed;
    return kept.startsWith(typed) ? kept : `${kept}\n${typed}`;
}

/** Without what no frame should carry: control characters, and halves of a character (shown as unreadable). */
export function sendable(text) {
    return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, "").replace(/\p{Surrogate}/gu, "\uFFFD");
}
