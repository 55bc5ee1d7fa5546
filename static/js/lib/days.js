/** Keeps a day line between messages of different days. Lines that are right stay untouched. */

import { copyOf } from "./dom.js";

export function drawDays(list, template) {
    let last = "";
    let line = null;
    for (const child of [...list.children]) {
        if (child.matches(".day")) {
            line?.remove();
            line = child;
            continue;
        }
        const day = new Date(child.dataset.created).toDateString();
        if (day !== last && line?.dataset.day !== day) child.before(newLine(template, day, child.dataset.created));
        if (day === last || line?.dataset.day !== day) line?.remove();
        line = null;
        last = day;
    }
    line?.remove();
}

function newLine(template, day, moment) {
    const line = copyOf(template);
    line.dataset.day = day;
    line.querySelector("time").dateTime = moment;
    return line;
}
