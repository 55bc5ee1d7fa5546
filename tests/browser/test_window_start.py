"""The chat shows where the model's view begins: as it moves, after a reload, and on a part of the path."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.window import PHONE, Window, chatting, finished
from tests.server import Server

LONG = "雨" * 15_000  # code points: a third of what a prompt may take
READ = 400  # messages of a path that are read for a prompt


def line(window: Window) -> Locator:
    return window.page.locator(".window-start")


def first_told(window: Window) -> str:
    """What stands below the line."""
    return line(window).locator("xpath=following-sibling::chat-message[1]//*[@data-part='text']").inner_text()


def say(window: Window, text: str) -> None:
    before = window.page.locator("chat-message").count()
    window.say(text)
    finished(window.message(before + 1))


@pytest.mark.parametrize(
    "look", [{"width": 1280}, {"width": PHONE, "dark": True, "language": "zh-CN"}], ids=["wide", "phone"]
)
def test_a_line_shows_what_the_model_no_longer_reads(chromium: Browser, quick: Server, look: dict[str, Any]):
    with chatting(chromium, quick, messages=4, **look) as window:
        for number in range(2):
            say(window, f"{number} {LONG}")
        expect(line(window)).to_have_count(0)

        say(window, f"2 {LONG}")

        expect(line(window)).to_have_count(1)
        told = first_told(window)
        line(window).scroll_into_view_if_needed()
        window.picture("window-start")
        assert window.violations() == []
        window.page.reload()
        expect(line(window)).to_have_count(1)
        assert first_told(window) == told


def test_a_part_of_the_path_shows_it_too(chromium: Browser, quick: Server):
    with chatting(chromium, quick, messages=READ + 30) as window:
        say(window, "Are you still there?")
        expect(line(window)).to_have_count(0)

        message = window.path()[44].id
        window.page.goto(f"{window.page.url}?at={message}#{message}")

        expect(line(window)).to_have_count(1)
        assert first_told(window) == "Message 40"
