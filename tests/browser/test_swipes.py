"""Alternatives of a reply: by mouse, by keyboard alone, and by a finger; each time what was below comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.window import HANDS, PHONE, Window, chatting, finished
from tests.server import Server


def chosen(window: Window) -> Locator:
    """The alternative that is shown of the last reply, after a retry."""
    reply = window.message(6)
    reply.locator("[data-action=retry]").click()
    expect(reply.locator("[data-part=count]")).to_have_text(re.compile("^2 .+ 2$"))
    finished(reply)
    return reply


def id_of(reply: Locator) -> str:
    return reply.get_attribute("data-id") or ""


def touched(reply: Locator, *, across: int) -> None:
    """A finger that goes over it, quickly."""
    reply.locator("[data-part=text]").evaluate(
        """(target, across) => {
            const touch = (x) => new Touch({ identifier: 1, target, clientX: x, clientY: 300 });
            const say = (type, touches, at) => target.dispatchEvent(
                new TouchEvent(type, { bubbles: true, touches, changedTouches: [at] }));
            say("touchstart", [touch(200)], touch(200));
            say("touchend", [], touch(200 + across));
        }""",
        across,
    )


@pytest.fixture
def window(chromium: Browser, quick: Server) -> Iterator[Window]:
    with chatting(chromium, quick, messages=6) as window:
        yield window


@pytest.fixture
def phone(chromium: Browser, quick: Server) -> Iterator[Window]:
    with chatting(chromium, quick, messages=6, width=PHONE, dark=True, language="zh-CN") as window:
        yield window


def test_a_reader_chooses_by_mouse_and_by_keyboard(window: Window):
    reply = chosen(window)
    second = id_of(reply)
    reply.get_by_role("button", name="Previous alternative").click()
    expect(reply.locator("[data-part=count]")).to_have_text("1 of 2")
    first = id_of(reply)
    assert first != second

    expect(reply.get_by_role("button", name="Next alternative")).to_be_focused()
    window.page.keyboard.press("ArrowRight")
    expect(reply).to_have_attribute("data-id", second)
    expect(reply.get_by_role("button", name="Previous alternative")).to_be_focused()
    window.page.keyboard.press("Enter")
    expect(reply).to_have_attribute("data-id", first)
    window.picture("swipes")
    assert window.violations() == []

    assert window.path()[-1].id == first
    window.page.reload()
    expect(reply).to_have_attribute("data-id", first)
    expect(reply.locator("[data-part=count]")).to_have_text("1 of 2")


@HANDS
def test_a_branch_begins_at_any_reply_and_the_other_one_is_there(
    look: dict[str, Any], chromium: Browser, quick: Server
):
    with chatting(chromium, quick, messages=6, **look) as chat:
        before = chat.said()
        chat.choose(0, "branch")
        expect(chat.page.locator("chat-message")).to_have_count(1)
        assert chat.said() == []
        chat.press(chat.page.locator("[data-action=undo]"))
        expect(chat.page.locator("chat-message")).to_have_count(7)
        assert chat.said() == before

        chat.choose(0, "branch")
        expect(chat.page.locator("chat-message")).to_have_count(1)
        chat.say("Another evening.")
        finished(chat.message(2))
        expect(chat.message(1).locator("[data-part=count]")).to_have_text(re.compile("^2 .+ 2$"))
        assert chat.said()[0] == "Another evening."

        chat.act(1, "previous")
        expect(chat.text(6)).to_have_text("Message 6")
        assert chat.said() == before


def test_a_reader_chooses_with_a_finger(phone: Window):
    reply = chosen(phone)
    second = id_of(reply)

    touched(reply, across=90)
    expect(reply.locator("[data-part=count]")).to_have_text("1 / 2")
    first = id_of(reply)
    touched(reply, across=-90)
    expect(reply.locator("[data-part=count]")).to_have_text("2 / 2")

    expect(reply).to_have_attribute("data-id", second)
    assert phone.path()[-1].id == second
    touched(reply, across=-90)  # there is none further
    assert (id_of(reply), first != second) == (second, True)
    phone.picture("swipes")
    assert phone.violations() == []
