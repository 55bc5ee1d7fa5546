"""The demo model, never told again who it is: without the guard it becomes an assistant, with it never."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.window import HANDS, Window, chatting, finished, reinforced_never
from tests.server import Server

pytestmark = HANDS

ASSISTANT = re.compile("AI language model|人工智能助手")


@pytest.fixture
def chat(look: dict[str, Any], chromium: Browser, server: Server) -> Iterator[Window]:
    with chatting(chromium, server, messages=18, **look) as window:
        yield window


def say(chat: Window, place: int) -> str:
    chat.say(f"And what then, at {place}?")
    finished(chat.message(place))
    return chat.text(place).inner_text()


def test_nobody_reads_that_the_character_is_an_assistant(chat: Window, full: bool):
    reinforced_never(chat, guarded=False)
    assert ASSISTANT.search(say(chat, 20))
    chat.picture("guard-without")

    reinforced_never(chat, guarded=True)
    chat.act(20, "retry")
    expect(chat.text(20)).not_to_have_text(ASSISTANT)
    finished(chat.message(20))
    assert not ASSISTANT.search(chat.text(20).inner_text())
    for place in range(22, 42 if full else 26, 2):
        assert not ASSISTANT.search(say(chat, place))
    chat.picture("guard-with")

    if chat.hand == "mouse":
        chat.message(20).hover()
    chat.press(chat.message(20).locator("summary"))
    chat.press(chat.message(20).locator("[data-part=why]"))
    chat.page.wait_for_url(re.compile("/why/"))
    expect(chat.page.locator(".section--mended")).to_be_visible()
    chat.picture("guard-why")
    assert chat.violations() == []
