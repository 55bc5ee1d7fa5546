"""The model drafts the reader's line into the field where he writes; it is his to change, to send, or to leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.window import HANDS, Window, chatting, finished
from tests.endpoint import endpoint_in_thread
from tests.oracle import Oracle
from tests.server import Server


@pytest.fixture
def chat(look: dict[str, Any], chromium: Browser, server: Server) -> Iterator[Window]:
    with chatting(chromium, server, messages=6, **{**look, "dark": not look["dark"]}) as window:
        yield window


def drafted(chat: Window) -> str:
    """What stands in the field when nothing more is drafted."""
    expect(chat.page.locator("message-composer")).not_to_have_attribute("data-drafting", "")
    return chat.page.locator("#write").input_value()


@HANDS
def test_a_line_is_drafted_changed_and_sent(chat: Window):
    page = chat.page
    before = chat.said()
    chat.press(page.locator("[data-action=impersonate]"))
    expect(page.locator("#write")).not_to_have_value("")
    first = drafted(chat)
    chat.picture("impersonation")
    assert chat.violations() == []
    assert chat.said() == before

    chat.press(page.locator("[data-action=impersonate]"))
    expect(page.locator("#write")).not_to_have_value(first)
    second = drafted(chat)
    assert first not in second

    page.locator("#write").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" And more.")
    chat.press(page.locator("message-composer [type=submit]"))
    finished(chat.message(8))
    assert chat.said()[:7] == [*before, f"{second} And more."]


@pytest.fixture
def slow(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A chat with a model that takes its time."""
    with endpoint_in_thread() as model:
        model.script = Oracle(words=60, pace=0.1)
        folder = tmp_path_factory.mktemp("slow")
        with (
            Server(folder, LLM_BASE_URL=model.url, LLM_API_KEY="a-key") as server,
            chatting(chromium, server, messages=2) as window,
        ):
            yield window


def test_it_goes_on_after_a_reload_and_stops_where_the_reader_writes(slow: Window):
    page = slow.page
    field = page.locator("#write")
    slow.press(page.locator("[data-action=impersonate]"))
    expect(field).to_have_value(re.compile(r"\S+ \S+"))
    slow.picture("impersonation-streaming")

    page.reload()
    before = field.input_value()
    expect(field).not_to_have_value(before)
    assert field.input_value().startswith(before)

    field.press("Control+End")
    field.type(" Enough.")
    drafted(slow)
    written = field.input_value()
    assert written.endswith(" Enough.")
    page.reload()
    expect(field).to_have_value(written)
    slow.press(page.locator("message-composer [type=submit]"))
    expect(page.locator("conversation-log").get_by_text("Enough.")).to_be_visible()


def test_what_the_reader_wrote_stays_above_it(slow: Window):
    slow.write("*I sit down.*")

    slow.press(slow.page.locator("[data-action=impersonate]"))
    expect(slow.page.locator("#write")).to_have_value(re.compile(r"^\*I sit down\.\*\n."))

    assert drafted(slow).startswith("*I sit down.*\n")


def test_what_was_typed_before_the_scripts_had_come_stays_above_it_too(slow: Window):
    page = slow.page
    slow.press(page.locator("[data-action=impersonate]"))
    expect(page.locator("#write")).to_have_value(re.compile(r"\S+ \S+"))

    with slow.reloaded_early():
        page.locator("#write").press_sequentially("*I sit down.*")

    expect(page.locator("#write")).to_have_value(re.compile(r"^\*I sit down\.\*\n."))
    assert drafted(slow).startswith("*I sit down.*\n")
