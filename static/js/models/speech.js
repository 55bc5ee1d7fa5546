/** Which marks begin and end direct speech. */

const PAIRS = new Map([
    ["“", "”"], ["„", "“”"], ["「", "」"], ["『", "』"], ["«", "»"], ["»", "«"], ['"', '"'], ["＂", "＂"],
]);
const SAME_BOTH_WAYS = new Set(['"', "＂", "»"]);
const WITHIN_A_WORD = /[A-Za-z0-9\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** Does `mark`, standing after `previous`, begin speech? 6'2" does not. */
export function opensSpeech(mark, previous) {
    if (!PAIRS.has(mark)) return false;
    if (mark === "»" && previous && !/\s/.test(previous)) return false;
    return !SAME_BOTH_WAYS.has(mark) || !WITHIN_A_WORD.test(previous);
}

export function closesSpeech(mark, opening) {
    return PAIRS.get(opening).includes(mark);
}
