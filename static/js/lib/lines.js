/** The lines between messages: a new day, and where the model's view begins. Lines that are right stay untouched. */

import { copyOf } from "./dom.js";

/**
 * `template(name)` has the lines "day" and "window-start". The view begins at the furthest depth that a message of the
 * list knows, or at `known`, which a list that is only a part of the path is told.
 */
export function drawLines(list, template, known) {
    drawDays(list, template("day"));
    drawWindowStart(list, template("window-start"), known);
}

function drawDays(list, template) {
    let last = "";
    let line = null;
    for (const child of [...list.children]) {
        if (child.matches(".window-start")) continue;
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

function drawWindowStart(list, template, known) {
    const messages = [...list.querySelectorAll("[data-window-start]")];
    const start = Math.max(known, ...messages.map((message) => Number(message.dataset.windowStart)));
    const first = start && messages.find((message) => Number(message.dataset.depth) === start);
    const line = list.querySelector(".window-start");
    if (!first) line?.remove();
    else if (line?.nextElementSibling !== first) first.before(line ?? copyOf(template));
}
