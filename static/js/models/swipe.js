/** PURE: what a finger meant that was moved over a message. */

const FAR = 56; // px
const STRAIGHT = 0.5; // of the way across may be up or down
const QUICK = 600; // ms; slower is a selection, or a second thought

/** "previous", "next" or null. A finger that goes to the left brings the next one. Each place has x, y and time. */
export function swiped(from, to) {
    const across = to.x - from.x;
    if (Math.abs(across) < FAR || Math.abs(to.y - from.y) > Math.abs(across) * STRAIGHT) return null;
    if (to.time - from.time > QUICK) return null;
    return across < 0 ? "next" : "previous";
}
