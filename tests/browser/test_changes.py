"""What was said is changed on the page: edited, deleted, hidden, continued; and brought back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.window import HANDS, Window, chatting, finished
from tests.server import Server

pytestmark = HANDS


@pytest.fixture
def chat(look: dict[str, Any], chromium: Browser, quick: Server) -> Iterator[Window]:
    with chatting(chromium, quick, messages=6, **look) as window:
        yield window


def test_the_menu_of_a_message_has_room(chat: Window):
    chat.message(1).locator("summary").focus()
    chat.page.keyboard.press("Enter")

    expect(chat.message(1).locator(".menu__item").last).to_be_in_viewport(ratio=1)
    sheet, log = (chat.page.locator(each).bounding_box() for each in ("details[open] .menu__sheet", ".log"))
    assert sheet and log and sheet["y"] >= log["y"]
    chat.picture("message-menu")
    assert chat.violations() == []


def test_a_message_is_edited_and_the_edit_undone(chat: Window):
    page = chat.page
    chat.choose(1, "edit")
    expect(page.locator("message-editor textarea")).to_be_focused()
    chat.picture("edit")
    assert chat.violations() == []
    page.keyboard.press("End")
    page.keyboard.type(" It is late.")
    chat.press(page.locator("message-editor [type=submit]").first)

    expect(chat.text(1)).to_have_text("Message 1 It is late.")
    expect(page.locator("message-editor")).to_have_count(0)
    assert chat.said()[0] == "Message 1 It is late."
    chat.press(page.locator("[data-action=undo]"))
    expect(chat.text(1)).to_have_text("Message 1")
    assert chat.said()[0] == "Message 1"

    chat.choose(1, "edit")
    page.keyboard.type("Not this.")
    page.keyboard.press("Escape")
    expect(chat.text(1)).to_have_text("Message 1")
    page.reload()
    expect(chat.text(1)).to_have_text("Message 1")


def test_an_earlier_text_is_used_again(chat: Window):
    page = chat.page
    for place, otherwise in ((1, "Nobody is here."), (2, "“Nobody.”")):
        chat.choose(place, "edit")
        page.locator("message-editor textarea").fill(otherwise)
        page.keyboard.press("Control+Enter")
        expect(chat.text(place)).to_have_text(otherwise)

        chat.act(place, "texts")
        expect(page.locator("message-texts [data-part=rows] li")).to_have_count(1)
        if place == 2:
            chat.picture("texts")
            assert chat.violations() == []
        chat.press(page.locator("message-texts [data-action=use]"))

        expect(page.locator("message-texts")).to_have_count(0)
        expect(chat.text(place)).to_have_text(f"Message {place}")
    assert chat.said()[:2] == ["Message 1", "Message 2"]


def test_what_one_said_is_said_otherwise_and_answered(chat: Window):
    before = chat.said()
    chat.choose(1, "edit")
    chat.page.locator("message-editor textarea").fill("Is anybody there?")
    chat.press(chat.page.locator("message-editor [data-action=anew]"))

    expect(chat.page.locator("chat-message")).to_have_count(3)
    finished(chat.message(2))
    expect(chat.text(1)).to_have_text("Is anybody there?")
    expect(chat.message(1).locator("[data-part=count]")).to_have_text(re.compile("^2 .+ 2$"))
    assert chat.said()[0] == "Is anybody there?"
    chat.act(1, "previous")
    expect(chat.text(6)).to_have_text("Message 6")
    assert chat.said() == before


def test_messages_are_deleted_hidden_and_brought_back(chat: Window):
    page = chat.page
    chat.choose(1, "hide")
    expect(chat.message(1)).to_have_attribute("data-hidden", "")
    chat.choose(2, "delete")
    expect(chat.message(2)).to_have_attribute("data-state", "deleted")
    expect(page.locator("conversation-log").get_by_text("Message 2", exact=True)).to_have_count(0)
    chat.picture("deleted")
    assert chat.violations() == []
    assert [(row.hidden, row.deleted) for row in chat.path()[:2]] == [(True, ""), (False, "one")]

    page.reload()
    expect(chat.message(1)).to_have_attribute("data-hidden", "")
    chat.act(2, "restore")
    expect(chat.text(2)).to_have_text("Message 2")
    chat.choose(1, "show")
    expect(chat.message(1)).not_to_have_attribute("data-hidden", "")
    assert [(row.hidden, row.deleted) for row in chat.path()[:2]] == [(False, ""), (False, "")]

    chat.choose(1, "delete-from-here")
    expect(page.locator("chat-message")).to_have_count(1)
    assert chat.said() == []
    chat.press(page.locator("[data-action=undo]"))
    expect(page.locator("chat-message")).to_have_count(7)
    assert chat.said() == [f"Message {number}" for number in range(1, 7)]


def test_a_reply_goes_on_in_its_own_place(chat: Window):
    reply = chat.message(6)
    chat.act(6, "retry")
    expect(reply.locator("[data-part=count]")).to_have_text(re.compile("^2 .+ 2$"))
    finished(reply)
    told, generation = chat.said()[-1], reply.get_attribute("data-generation")

    chat.act(6, "continue")
    expect(reply).not_to_have_attribute("data-generation", generation or "")
    finished(reply)

    assert chat.said()[-1].startswith(told)
    expect(chat.page.locator("chat-message")).to_have_count(7)
