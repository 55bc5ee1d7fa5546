"""The map of a conversation, its checkpoints, and the ways from it to any place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.window import HANDS, Window, chatting, finished
from tests.server import Server


@pytest.fixture
def chat(look: dict[str, Any], chromium: Browser, quick: Server) -> Iterator[Window]:
    with chatting(chromium, quick, messages=6, **{**look, "dark": not look["dark"]}) as window:
        yield window


def retried(chat: Window, place: int) -> None:
    """Another reply in this place; the path ends with it."""
    chat.act(place, "retry")
    expect(chat.page.locator("chat-message")).to_have_count(place + 1)
    finished(chat.message(place))


@HANDS
def test_a_place_gets_a_name_and_is_found_by_it(chat: Window):
    page = chat.page
    chat.choose(2, "checkpoint")
    expect(page.locator("checkpoint-name input")).to_be_focused()
    page.keyboard.type("Before the storm")
    chat.picture("naming")
    assert chat.violations() == []
    chat.press(page.locator("checkpoint-name [type=submit]"))
    sign = chat.message(2).locator(".message__sign--checkpoint")
    expect(sign).to_have_text("Before the storm")
    chat.picture("checkpoint")
    assert [row.text for row in chat.path() if row.checkpoint == "Before the storm"] == ["Message 2"]

    chat.press(page.locator(".chat__head a[href$='/map/']"))
    chat.press(page.get_by_role("button", name=re.compile("Before the storm")).first)
    page.wait_for_url(re.compile(r"\?at=.+#.+"))
    expect(chat.page.get_by_text("Message 2", exact=True)).to_be_in_viewport()

    chat.press(sign)
    chat.press(page.locator("checkpoint-name [data-action=remove]"))
    expect(sign).to_be_hidden()
    chat.press(page.locator("[data-action=undo]"))
    expect(sign).to_have_text("Before the storm")


@HANDS
def test_the_map_shows_where_the_branches_part_and_leads_to_each(chat: Window):
    page = chat.page
    retried(chat, 4)
    retried(chat, 2)
    ours = chat.said()
    chat.press(page.locator(".chat__head a[href$='/map/']"))

    expect(page.locator(".map > form > .map__part > .partings > .parting")).to_have_count(3)
    left = page.get_by_role("button", name=re.compile("Message 2"))
    expect(left).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Message 4"))).to_be_visible()
    chat.picture("map")
    assert chat.violations() == []

    chat.press(left)
    expect(chat.text(2)).to_have_text("Message 2")
    expect(page.locator("chat-message")).to_have_count(5)
    assert chat.said()[:3] == ["Message 1", "Message 2", "Message 3"]

    chat.press(page.locator(".chat__head a[href$='/map/']"))
    chat.press(page.get_by_role("button", name=re.compile("Message 4")))
    expect(chat.text(6)).to_have_text("Message 6")
    assert chat.said() == [f"Message {number}" for number in range(1, 7)]
    assert ours[-1] in [row.text for row in chat.rows().messages.values()]
