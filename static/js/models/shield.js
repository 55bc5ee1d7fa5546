/**
 * What Markdown would misread in a story, hidden from the parser behind noncharacters and shown again
 * by the renderer: equations ($, \(), HTML (<), images (![), and underscores within a word.
 */

const HIDDEN = new Map([["$", "\uFDD0"], ["<", "\uFDD1"], ["(", "\uFDD2"], ["[", "\uFDD3"], ["_", "\uFDD4"]]);
const SHOWN = new Map([...HIDDEN].map(([shown, hidden]) => [hidden, shown]));
const WORD = /[\p{L}\p{N}]/u;

/** `char` as the parser may see it; `emphasised` tells whether an underscore could end something. */
export function shield(char, previous, emphasised) {
    const hide = char === "$" || char === "<"
        || (previous === "\\" && (char === "(" || char === "["))
        || (previous === "!" && char === "[")
        || (char === "_" && !emphasised && WORD.test(previous));
    return hide ? HIDDEN.get(char) : char;
}

export function shieldParenthesis(text) {
    return text.replace("(", HIDDEN.get("("));
}

export function unshield(text) {
    return text.replace(/[\uFDD0-\uFDD4]/g, (hidden) => SHOWN.get(hidden));
}
