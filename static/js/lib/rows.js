/** Rows of a list of conversations. */

const SHOWN = 160; // UTF-16 units of what was said last

/** Tells in a conversation's row, where there is one, what was said last (or `before` that) and when, and puts it first. */
export function retell(row, { text, created_at }, before) {
    if (!row) return;
    row.querySelector(".row__last").textContent = (text || before).replaceAll("*", "").slice(0, SHOWN);
    row.querySelector("time").dateTime = created_at;
    row.querySelector("local-time").show();
    const item = row.closest("li");
    if (item.previousElementSibling) item.parentElement.prepend(item);
}
