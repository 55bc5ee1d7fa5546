"""What a page of the abused site holds in a real browser, and what it tried."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django.contrib.admin
from playwright.sync_api import Dialog, Page, Request, ViewportSize

from tests.browser.window import PHONE, Window
from tests.server import ROOT

WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": PHONE, "height": 844}
HOLDING = (
    ROOT / "templates",
    ROOT / "roleplay" / "desk" / "templates",
    Path(django.contrib.admin.__file__).parent,
)
ELEMENT = re.compile(r"<([a-z][a-z0-9]*(?:-[a-z]+)*)")
RENDERED = "p br hr blockquote em strong s code pre a span ul ol li table tr td th q"  # by message-tree.js

REPORT = """addEventListener("securitypolicyviolation",
    (event) => console.error(`refused: ${event.violatedDirective} ${event.blockedURI}`))"""
LOOK = """({ made, rendered }) => {
    const wrong = [];
    const texts = "[data-part=text], rich-text";
    const own = (address) => new URL(address, location.href).origin === location.origin;
    const within = (address, ...folders) => own(address)
        && folders.some((folder) => new URL(address, location.href).pathname.startsWith(folder));
    for (const each of document.querySelectorAll("*")) {
        const tag = each.localName;
        const tell = (what) => wrong.push(`${tag}: ${what}`);
        if (!made.includes(tag)) tell("no template makes it");
        for (const { name } of each.attributes) if (name.startsWith("on") || name === "srcdoc") tell(name);
        if (each.matches("script") && ((each.text.trim() && !each.src) || !within(each.src, "/static/", "/admin/jsi18n/"))) tell(each.src);
        if (each.matches("img") && (each.srcset || !within(each.src, "/static/", "/pictures/"))) tell(each.src);
        if (each.matches("link") && !within(each.href, "/static/")) tell(each.href);
        if (each.matches("form") && !own(each.getAttribute("action") ?? "")) tell(each.action);
        if (each.hasAttribute("formaction") && !own(each.formAction)) tell(each.formAction);
        const text = each.parentElement?.closest(texts);
        if (text && !rendered.includes(tag)) tell("the renderer makes no such thing");
        if (each.matches("a[href]") && (text ? !/^(https?|mailto):/.test(each.href) : !own(each.href))) tell(each.href);
    }
    const fields = [...document.querySelectorAll("input, textarea")].map((each) => each.defaultValue);
    return { wrong, text: [document.documentElement.textContent, ...fields].join("") };
}"""
PWNED = "() => 'pwned' in window"
TOO_WIDE = """() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const reaches = (each) => each.getBoundingClientRect().right + Math.max(0, each.scrollWidth - each.clientWidth);
    const wide = [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility() && reaches(each) > innerWidth + 1);
    const deepest = wide.filter((each) => !wide.some((other) => other !== each && each.contains(other)));
    return ["it", ...deepest.map((each) => `${each.localName}.${each.className} ${each.textContent.trim().slice(0, 40)}`)].slice(0, 4);
}"""


def made_elements() -> list[str]:
    """All that templates, Django's scripts for the desk, and the renderer make."""
    files = [
        path for folder in HOLDING for path in folder.rglob("*") if path.suffix in (".html", ".svg", ".js")
    ]
    return sorted({tag for path in files for tag in ELEMENT.findall(path.read_text())} | {*RENDERED.split()})


MADE = [*made_elements(), "h4"]  # Django's templates write that one as "h" and a number


@dataclass
class Watch:
    """A window's page. `tried` are dialogs, and requests to others than the server."""

    window: Window
    tried: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.window.context.add_init_script(REPORT)
        self.page.on("dialog", self._dialog)
        self.window.context.on("request", self._request)

    @property
    def page(self) -> Page:
        return self.window.page

    def look(self) -> tuple[list[str], str]:
        """What is wrong with the page as it stands, and its text, that of fields included."""
        seen: dict[str, Any] = self.page.evaluate(LOOK, {"made": MADE, "rendered": RENDERED.split()})
        tried, self.tried[:] = [*self.tried, *self.window.complaints], []
        self.window.complaints.clear()
        pwned = ["pwned"] if self.page.evaluate(PWNED) else []
        return seen["wrong"] + tried + pwned, seen["text"]

    def too_wide(self) -> list[str]:
        """What does not fit a phone."""
        self.page.set_viewport_size(NARROW)
        wide: list[str] = self.page.evaluate(TOO_WIDE)
        self.page.set_viewport_size(WIDE)
        return [f"too wide: {each}" for each in wide]

    def _dialog(self, dialog: Dialog) -> None:
        self.tried.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.netloc != urlsplit(self.window.server.url).netloc:
            self.tried.append(f"request: {request.url[:200]}")
