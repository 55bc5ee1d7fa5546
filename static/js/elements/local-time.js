/** A moment in the reader's own words and time zone: data-format is moment (the default), day or time. */

const DAY = 86_400_000; // ms
const TIME = { hour: "numeric", minute: "2-digit" };

export class LocalTime extends HTMLElement {
    connectedCallback() {
        this.show();
    }

    show() {
        const time = this.querySelector("time");
        const date = new Date(time.dateTime);
        if (!time.dateTime || Number.isNaN(date.getTime())) return;
        time.textContent = written(date, optionsFor(this.dataset.format, date));
        if (this.dataset.format !== "day") time.title = written(date, { dateStyle: "full", timeStyle: "short" });
    }
}

function written(date, options) {
    return new Intl.DateTimeFormat(locale(), options).format(date);
}

/** The page's language, in the reader's own variety of it: en-GB writes 14:30, en-US 2:30 PM. */
function locale() {
    const { lang } = document.documentElement;
    return navigator.languages.find((own) => own.split("-")[0] === lang.split("-")[0]) ?? lang;
}

function optionsFor(format, date, now = new Date()) {
    const thisYear = date.getFullYear() === now.getFullYear();
    const year = thisYear ? {} : { year: "numeric" };
    if (format === "time") return TIME;
    if (format === "day") return { weekday: "long", day: "numeric", month: "long", ...year };
    if (date.toDateString() === now.toDateString()) return TIME;
    if (now - date < 6 * DAY) return { weekday: "short" };
    return thisYear ? { day: "numeric", month: "short" } : { year: "numeric", month: "short" };
}
