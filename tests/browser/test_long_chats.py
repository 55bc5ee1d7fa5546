"""A long conversation is loaded in parts while one scrolls, and the place is kept; a message has an address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.window import PHONE, Window, chatting
from tests.server import Server

LENGTH = 330  # messages below the greeting
HELD = 200  # messages that a page holds


@pytest.fixture
def chat(chromium: Browser, quick: Server) -> Iterator[Window]:
    """A window at the end of a long conversation."""
    with chatting(chromium, quick, messages=LENGTH, width=PHONE, dark=True) as window:
        yield window


def shown(window: Window) -> Locator:
    return window.page.locator("chat-message")


def told(window: Window, number: int) -> Locator:
    return window.page.locator("conversation-log").get_by_text(f"Message {number}", exact=True)


def scroll(window: Window, to: str) -> None:
    window.page.locator("[data-part=scroller]").evaluate(f"scroller => {{ scroller.scrollTop = {to}; }}")


def top(message: Locator) -> float:
    box = message.bounding_box()
    assert box
    return box["y"]


def test_what_came_before_is_loaded_while_one_scrolls_and_the_place_is_kept(chat: Window):
    expect(shown(chat)).to_have_count(50)
    first = told(chat, LENGTH - 49)

    scroll(chat, "300")
    expect(shown(chat)).to_have_count(100)

    expect(first).to_be_visible()
    assert -300 <= top(first) <= 844
    for oldest in range(LENGTH - 149, 0, -50):
        scroll(chat, "0")
        expect(told(chat, oldest)).to_have_count(1)
    scroll(chat, "0")
    expect(chat.page.get_by_role("button", name="Earlier messages")).to_be_hidden()
    scroll(chat, "0")
    expect(told(chat, 1)).to_be_visible()


def test_a_page_lets_go_of_what_is_far_away_and_finds_it_again(chat: Window):
    for oldest in range(LENGTH - 99, LENGTH - 300, -50):
        scroll(chat, "300")
        expect(told(chat, oldest)).to_have_count(1)
    expect(shown(chat)).to_have_count(HELD)
    expect(told(chat, LENGTH)).to_have_count(0)
    for newest in range(LENGTH - 50, LENGTH + 1, 50):
        scroll(chat, "scroller.scrollHeight - scroller.clientHeight - 300")
        expect(told(chat, newest)).to_have_count(1)

    expect(shown(chat)).to_have_count(HELD)
    scroll(chat, "scroller.scrollHeight")
    expect(told(chat, LENGTH)).to_be_in_viewport()


def test_a_message_is_opened_by_its_address_and_read_on_from_there(chat: Window):
    page = chat.page
    for oldest in range(LENGTH - 99, 80, -50):
        scroll(chat, "0")
        expect(told(chat, oldest)).to_have_count(1)
    address = (
        told(chat, 90).locator("xpath=ancestor::chat-message").locator(".message__time").get_attribute("href")
    )
    end = page.url
    page.goto("/conversations/")

    page.goto(f"{end}{address}")

    expect(told(chat, 90)).to_be_in_viewport()
    expect(told(chat, LENGTH)).to_have_count(0)
    chat.picture("jump")
    assert chat.violations() == []
    for newest in (90 + 75, 90 + 125, 90 + 175, 90 + 225, LENGTH):
        scroll(chat, "scroller.scrollHeight")
        expect(told(chat, newest)).to_have_count(1)
    scroll(chat, "scroller.scrollHeight")
    expect(told(chat, LENGTH)).to_be_in_viewport()
    expect(page.get_by_role("button", name="Later messages")).to_be_hidden()


def test_who_writes_while_reading_far_above_is_brought_to_the_end(chat: Window):
    page = chat.page
    message = chat.path()[89].id
    page.goto(f"{page.url}?at={message}#{message}")
    expect(told(chat, 90)).to_be_in_viewport()

    chat.say("Where was I?")

    expect(page.locator("conversation-log").get_by_text("Where was I?")).to_be_in_viewport()
    expect(shown(chat).last).to_have_attribute("data-state", "finished")
    expect(shown(chat).last).to_be_in_viewport()
