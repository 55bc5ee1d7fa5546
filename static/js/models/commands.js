/** PURE: what a button of a message asks the server for, and what takes that back. */

const SELECTS = { previous: -1, next: 1 };

/** The frame of an action; null where the action is not one for the server. `message` has id and alternative(step). */
export function frameOf(action, message, client_id) {
    const { id } = message;
    switch (action) {
        case "retry":
            return { type: "turn.retry", client_id, message: id };
        case "continue":
            return { type: "turn.continue", client_id, message: id };
        case "previous":
        case "next": {
            const alternative = message.alternative(SELECTS[action]);
            return alternative ? { type: "head.select", message: alternative, here: false } : null;
        }
        case "branch":
            return { type: "head.select", message: id, here: true };
        case "hide":
        case "show":
            return { type: "message.hide", message: id, hidden: action === "hide" };
        case "delete":
            return { type: "message.delete", message: id, scope: "one" };
        case "delete-from-here":
            return { type: "message.delete", message: id, scope: "from_here" };
        case "restore":
            return { type: "message.restore", message: id };
        default:
            return null;
    }
}

/** What takes a frame back that was sent; null where nothing need. `before` is what was before: a message's text or name, or the head. */
export function undoOf(frame, client_id, before = "") {
    if (frame.type === "message.delete") return { type: "message.restore", message: frame.message };
    if (frame.type === "message.hide") return { ...frame, hidden: !frame.hidden };
    if (frame.type === "head.select" && frame.here) return { ...frame, message: before, here: false };
    if (frame.type === "message.checkpoint") return { ...frame, name: before };
    if (frame.type === "message.edit" && !frame.anew) return { ...frame, client_id, text: before };
    return null;
}
