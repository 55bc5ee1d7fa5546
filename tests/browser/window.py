"""A browser's window on a real server, and what a person does in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Route, expect

from tests.browser.accessibility import violations
from tests.populate import populated
from tests.rows import MessageRow, Rows, of_server
from tests.server import ROOT, Server

PICTURES = ROOT / "var" / "screenshots"
PHONE = 390  # pixels
MADE = 24  # short conversations at once

HANDS = pytest.mark.parametrize(
    "look",
    [
        pytest.param({"hand": "mouse", "width": 1280, "dark": False, "language": "en"}, id="mouse"),
        pytest.param({"hand": "keyboard", "width": 1280, "dark": True, "language": "en"}, id="keyboard"),
        pytest.param({"hand": "touch", "width": PHONE, "dark": True, "language": "zh-CN"}, id="touch"),
    ],
)

_made: dict[tuple[str, int], list[tuple[str, str]]] = {}  # cookies and conversations, by server and length


class Window:
    """A browser's window of its own user. `complaints` are console errors, page errors and CSP reports.

    `hand`: how things are pressed: by mouse, by keyboard alone, or by touch.
    """

    def __init__(
        self, browser: Browser, server: Server, *, width: int, dark: bool, language: str, hand: str = "mouse"
    ) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": 844 if width == PHONE else 800},
            has_touch=width == PHONE,
            is_mobile=width == PHONE,
            color_scheme="dark" if dark else "light",
            locale=language,
            reduced_motion="reduce",
        )
        self.server = server
        self.hand = hand
        self.complaints: list[str] = []
        self._look = f"{'dark' if dark else 'light'}-{width}{'-zh' if language.startswith('zh') else ''}"
        self.page = self.new_page()

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{self._look}.png")

    def violations(self) -> list[str]:
        """What axe finds wrong on the page."""
        return violations(self.page)

    def sign_up(self, name: str) -> None:
        self.page.goto("/accounts/signup/")
        self.page.locator("[name=username]").fill(name)
        for field in ("password1", "password2"):
            self.page.locator(f"[name={field}]").fill("a sentence nobody guesses")
        self.page.locator("main form button").click()
        self.page.wait_for_url(re.compile(r"/$"))

    def start_chat(self, slug: str) -> None:
        self.page.goto(f"/characters/{slug}/")
        self.page.locator("form[action$='/chat/'] button").first.click()
        self.page.wait_for_url(re.compile("/conversations/.+"))

    def write(self, text: str) -> None:
        """Into the composer, once its scripts have come."""
        expect(self.page.locator("message-composer [type=submit]")).to_be_enabled()
        self.page.locator("#write").fill(text)

    def say(self, text: str) -> None:
        self.write(text)
        if self.hand == "keyboard":
            self.page.locator("#write").press("Enter")
        else:
            self.press(self.page.locator("message-composer [type=submit]"))

    @contextmanager
    def reloaded_early(self) -> Iterator[None]:
        """Within it the page was loaded anew, and the composer's scripts have not come yet."""
        held: list[Route] = []
        self.page.route("**/message-composer*.js", lambda route: held.append(route))
        with self.page.expect_request("**/message-composer*.js"):
            self.page.reload(wait_until="commit")
        yield
        for route in held:
            route.continue_()

    def message(self, place: int) -> Locator:
        """One of the messages on a chat's page; the greeting is the first."""
        return self.page.locator("chat-message").nth(place)

    def text(self, place: int) -> Locator:
        return self.message(place).locator("[data-part=text]")

    def press(self, target: Locator, key: str = "Enter") -> None:
        if self.hand == "touch":
            target.tap()
        elif self.hand == "keyboard":
            target.focus()
            expect(target).to_be_focused()
            self.page.keyboard.press(key)
        else:
            target.click()

    def act(self, place: int, action: str) -> None:
        """Presses a button of the message that is not in its menu."""
        if self.hand == "mouse":
            self.message(place).hover()
        self.press(self.message(place).locator(f":not(.menu__item)[data-action={action}]"))

    def choose(self, place: int, action: str) -> None:
        """The menu of the message, and what it offers."""
        if self.hand == "mouse":
            self.message(place).hover()
        self.press(self.message(place).locator("summary"))
        item = self.message(place).locator(f".menu__item[data-action={action}]")
        expect(item).to_be_in_viewport(ratio=1)
        self.press(item)

    def rows(self) -> Rows:
        """What the server's database holds."""
        return of_server(self.server.database_url)

    def path(self) -> list[MessageRow]:
        """The conversation's path in the database, without the greeting."""
        conversation = self.page.url.partition("/conversations/")[2][:36]
        rows = self.rows()
        return rows.path(rows.conversations[conversation].head)[1:]

    def said(self) -> list[str]:
        """The texts of the path in the database, without the greeting's."""
        return [row.text for row in self.path()]

    def _heard(self, message: ConsoleMessage) -> None:
        # What comes from no address is axe's: it tries inline styles, and the page's policy forbids them.
        if message.type in ("error", "warning") and message.location["url"]:
            self.complaints.append(message.text)


@contextmanager
def chatting(
    browser: Browser,
    server: Server,
    *,
    messages: int,
    width: int = 1280,
    dark: bool = False,
    language: str = "en",
    hand: str = "mouse",
) -> Iterator[Window]:
    """A window on a conversation of so many messages below its greeting, in which no reply was made yet."""
    unused = _made.setdefault((server.url, messages), [])
    if not unused:
        with ExitStack() as stack:
            chats = populated(server, stack, users=MADE if messages < 100 else 4, chats=1, messages=messages)
            unused += [(visitor.cookies(), conversation) for visitor, conversation in chats]
    cookies, conversation = unused.pop()
    window = Window(browser, server, width=width, dark=dark, language=language, hand=hand)
    pairs = (pair.split("=", 1) for pair in cookies.split("; "))
    window.context.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in pairs])
    window.page.goto(f"/conversations/{conversation}/")
    yield window
    window.context.close()
    assert window.complaints == []


def finished(reply: Locator) -> None:
    expect(reply).to_have_attribute("data-state", "finished")


def reinforced_never(chat: Window, *, guarded: bool) -> None:
    """Sets N = 0, and the guard on or off, as a reader would."""
    conversation = chat.page.url.split("?")[0].split("#")[0]
    chat.page.goto(f"{conversation}settings/")
    chat.press(chat.page.locator("details.form__more > summary"))
    chat.page.locator("[name=reinforce_every]").fill("0")
    if chat.page.locator("[name=guarded]").is_checked() != guarded:
        chat.press(chat.page.locator("[name=guarded]"), "Space")
    if chat.hand == "mouse":
        chat.picture(f"guard-{'on' if guarded else 'off'}")
    assert chat.violations() == []
    chat.press(chat.page.locator("main form [type=submit]"))
    expect(chat.page.locator(".notice")).to_be_visible()
    chat.page.goto(conversation)
