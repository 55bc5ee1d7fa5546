"""What people write to make a page run or load something of theirs is text on every page: as a browser shows it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from html import unescape
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.abuse import STRINGS
from tests.browser.abuse_watch import Watch
from tests.browser.window import Window
from tests.cards import v2, written
from tests.endpoint import Endpoint, endpoint_in_thread
from tests.server import ROOT, Server

MOST = 6000  # code points that are said at once
INFO = re.compile("^```.+", re.MULTILINE)  # of a fence: nobody is shown it
PIECE = 7  # code points of one delta
ODD = '"><img src=x onerror=alert(pwned=1)>'
OPENED = {"texts": "message-texts li", "edit": "message-editor", "checkpoint": "checkpoint-name"}
PRESS = "(button) => button.click()"
OLDEST = "() => Number(document.querySelector('chat-message').dataset.depth)"
NEWEST = """() => {
    const { depth, state } = [...document.querySelectorAll("chat-message")].at(-1).dataset;
    return { depth: Number(depth), state };
}"""
SHOWN = """() => [...document.querySelectorAll("chat-message")].map((message) => {
    const shown = message.querySelector("[data-part=text]").cloneNode(true);
    for (const link of shown.querySelectorAll("a[href]"))
        if (link.textContent !== link.getAttribute("href")) link.append(`(${link.getAttribute("href")})`);
    return [Number(message.dataset.depth), message.text, shown.textContent];
})"""
TELL = "from tests.abuse_pages import tell; tell()"
People = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    with endpoint_in_thread() as model:
        yield model


@pytest.fixture(scope="module")
def abused(tmp_path_factory: pytest.TempPathFactory, model: Endpoint) -> Iterator[tuple[Server, People]]:
    """A site whose people write nothing but abuse, made while it is closed; and their sessions and pages."""
    settings = {"LLM_BASE_URL": model.url, "LLM_API_KEY": "a-key"}
    with Server(tmp_path_factory.mktemp("abused"), **settings) as server:
        server.stop()
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", TELL]
        made = subprocess.run(command, cwd=ROOT, env=server.environment, check=True, stdout=subprocess.PIPE)
        server.start()
        yield server, json.loads(made.stdout)


@pytest.fixture
def watch_of(chromium: Browser, abused: tuple[Server, People]) -> Iterator[Any]:
    """The window of one of the people, watched."""
    with ExitStack() as stack:

        def opened(who: str) -> tuple[Watch, dict[str, Any]]:
            server, people = abused
            window = Window(chromium, server, width=1280, dark=False, language="en")
            stack.callback(window.context.close)
            if session := people[who]["session"]:
                window.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
            return Watch(window), people[who]

        yield opened


def bare(text: str) -> str:
    """Without white space, which pages may change."""
    return "".join(text.split())


def letters(text: str) -> str:
    """What no Markdown takes for a sign of its own."""
    return "".join(filter(str.isalnum, text))


def together(texts: Iterable[str]) -> list[str]:
    """Texts of at most MOST code points, of many in a row."""
    found = [""]
    for text in texts:
        if len(found[-1]) + len(text) > MOST:
            found.append("")
        found[-1] += f"\n\n{text}" if found[-1] else text
    return found


@pytest.mark.parametrize("who", ["visitor", "reader", "operator"])
def test_every_page_shows_it_as_text(watch_of: Any, who: str):
    watch, person = watch_of(who)
    faults = {}

    for address, texts in person["pages"].items():
        watch.page.goto(address)
        wrong, text = watch.look()
        shown = bare(text)
        lost = [f"lost: {each[:80]}" for each in texts if bare(each) not in shown]
        if found := wrong + lost + watch.too_wide():
            faults[address] = found

    assert faults == {}


def test_every_message_is_text(watch_of: Any):
    watch, person = watch_of("reader")
    watch.page.goto(person["chat"])
    seen: dict[int, tuple[str, str]] = {}

    while 1 not in seen:
        oldest = watch.page.evaluate(OLDEST)
        watch.page.locator("[data-part=scroller]").evaluate("(scroller) => { scroller.scrollTop = 0; }")
        watch.page.wait_for_function(f"(oldest) => ({OLDEST})() < oldest", arg=oldest)
        seen |= {depth: (text, shown) for depth, text, shown in watch.page.evaluate(SHOWN)}
        assert watch.look()[0] + watch.too_wide() == []

    story = [seen[depth] for depth in range(1, len(STRINGS) + 1)]
    assert [text for text, _ in story] == list(STRINGS)
    assert {text: shown for text, shown in story if letters(INFO.sub("", text)) != letters(shown)} == {}


def test_it_is_text_while_it_is_said(watch_of: Any, model: Endpoint):
    watch, person = watch_of("reader")
    page = watch.page
    page.goto(person["chat"])

    for said in together(STRINGS):
        pieces = [said[at : at + PIECE] for at in range(0, len(said), PIECE)]
        gate = model.gate()
        model.say(*pieces[: len(pieces) // 2], gate, *pieces[len(pieces) // 2 :])
        newest = page.evaluate(NEWEST)["depth"]
        page.locator("message-composer textarea").fill(said)
        page.keyboard.press("Enter")
        gate.reached.block()
        half = watch.look()[0]
        gate.go()
        page.wait_for_function(
            f"(depth) => {{ const last = ({NEWEST})(); return last.depth > depth && last.state === 'finished'; }}",
            arg=newest + 1,
        )
        assert half + watch.look()[0] == []


def test_what_was_said_before_and_what_is_changed_is_text(watch_of: Any):
    watch, person = watch_of("reader")
    watch.page.goto(person["chat"])

    for action in ("texts", "edit", "checkpoint"):
        watch.page.locator(f"chat-message[data-edited] [data-action={action}]").last.evaluate(PRESS)
        watch.page.wait_for_selector(OPENED[action])

    assert watch.look()[0] + watch.too_wide() == []


@pytest.mark.parametrize(
    ("who", "address", "fields"),
    [
        ("visitor", "/accounts/login/", {"login": ODD, "password": ODD}),
        ("visitor", "/accounts/signup/", {"username": ODD, "password1": ODD, "password2": "another"}),
        ("reader", "entry", {"title": ODD, "keys": f"/({ODD}/"}),
        ("reader", "settings", {"title": ODD}),
        ("reader", "persona", {"name": ODD.replace('"', "")}),
        ("operator", "admin:auth_user_change", {"username": ODD}),
        ("operator", "admin:characters_lorebook_change", {"title": ODD}),
        (
            "operator",
            "admin:characters_character_change",
            {"name": ODD.replace('"', ""), "never_says": f"/({ODD}/"},
        ),
    ],
)
def test_what_a_form_answers_is_text(watch_of: Any, who: str, address: str, fields: dict[str, str]):
    watch, person = watch_of(who)
    page = watch.page
    page.goto(person["forms"].get(address, address))

    for name, text in fields.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("main form.form [type=submit], [name=_continue]").first.click()

    page.wait_for_selector(".notice, .field__error, .form__error, .messagelist, .errornote")
    wrong, text = watch.look()
    assert wrong + watch.too_wide() == []
    assert bare(next(iter(fields.values()))) in bare(text)


def test_what_came_of_cards_is_text(watch_of: Any):
    watch, person = watch_of("operator")
    page = watch.page
    named = re.compile(r'[^"/\\]{1,200}')  # how a browser may name a file, and send its name as it is
    names = [each for each in STRINGS if named.fullmatch(each) and each.isprintable()]
    cards = [
        {
            "name": f"{name}.json",
            "mimeType": "application/json",
            "buffer": written(
                v2(name=name, tags=names[:3], first_mes=name, creator=name, creator_notes=name)
            ),
        }
        for name in names[:60]
    ]

    page.goto("/admin/characters/character/import/")
    page.locator("[name=cards]").set_input_files([*cards, {**cards[0], "buffer": names[0].encode()}])
    page.get_by_role("button", name="Import").click()

    expect(page.locator("[data-part=results] > li")).to_have_count(len(cards) + 1, timeout=60_000)
    wrong, text = watch.look()
    assert wrong + watch.too_wide() == []
    shown = [unescape(str(card["name"])) for card in cards]  # as Django reads a file's name
    assert [name for name in shown if bare(name) not in bare(text)] == []
