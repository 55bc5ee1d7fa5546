"""What was said is changed on the page: edited, deleted, hidden, continued; and brought back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import PHONE, Window
from tests.server import Server

PATIENCE = 20_000  # milliseconds


@pytest.fixture(params=[(1280, False, "en"), (PHONE, True, "zh-CN")], ids=["wide", "phone"])
def chat(request: pytest.FixtureRequest, chromium: Browser, quick: Server) -> Iterator[Window]:
    """A chat of two replies."""
    width, dark, language = request.param
    window = Window(chromium, quick, width=width, dark=dark, language=language)
    window.sign_up(f"juno-{uuid4().hex[:6]}")
    page = window.page
    page.goto("/characters/tobias-wren/")
    page.locator("form[action$='/chat/'] button").first.click()
    page.wait_for_url(re.compile("/conversations/.+"))
    for number, text in enumerate(("Is the lamp lit tonight?", "And the letters?")):
        page.locator("#write").fill(text)
        page.locator("message-composer [type=submit]").click()
        finished(message(window, 2 * number + 2))
    yield window
    window.context.close()
    assert window.complaints == []


def message(window: Window, place: int) -> Locator:
    return window.page.locator("chat-message").nth(place)


def finished(reply: Locator) -> None:
    expect(reply).to_have_attribute("data-state", "finished", timeout=PATIENCE)


def choose(window: Window, place: int, action: str) -> None:
    """By keyboard alone: the menu of the message, and what it offers."""
    message(window, place).locator("summary").focus()
    window.page.keyboard.press("Enter")
    item = message(window, place).locator(f"[data-action={action}]")
    expect(item).to_be_in_viewport(ratio=1)
    sheet, log = (window.page.locator(each).bounding_box() for each in ("details[open] .menu__sheet", ".log"))
    assert sheet and log and sheet["y"] >= log["y"]
    window.picture("message-menu")
    item.focus()
    window.page.keyboard.press("Enter")


def text(window: Window, place: int) -> Locator:
    return message(window, place).locator("[data-part=text]")


def test_a_message_is_edited_and_the_edit_undone(chat: Window):
    page = chat.page
    message(chat, 1).locator("summary").click()
    assert chat.violations() == []
    page.keyboard.press("Escape")
    choose(chat, 1, "edit")
    expect(page.locator("message-editor textarea")).to_be_focused()
    chat.picture("edit")
    assert chat.violations() == []
    page.keyboard.press("End")
    page.keyboard.type(" It is late.")
    page.keyboard.press("Control+Enter")

    expect(text(chat, 1)).to_have_text("Is the lamp lit tonight? It is late.")
    expect(page.locator("message-editor")).to_have_count(0)
    page.locator("[data-action=undo]").click()
    expect(text(chat, 1)).to_have_text("Is the lamp lit tonight?")

    choose(chat, 1, "edit")
    page.keyboard.type("Not this.")
    page.keyboard.press("Escape")
    expect(text(chat, 1)).to_have_text("Is the lamp lit tonight?")
    page.reload()
    expect(text(chat, 1)).to_have_text("Is the lamp lit tonight?")


def test_an_earlier_text_is_used_again(chat: Window):
    page = chat.page
    for place, otherwise in ((1, "Nobody is here."), (2, "“Nobody.”")):
        told = text(chat, place).text_content() or ""
        choose(chat, place, "edit")
        page.locator("message-editor textarea").fill(otherwise)
        page.keyboard.press("Control+Enter")
        expect(text(chat, place)).to_have_text(otherwise)

        message(chat, place).locator("[data-action=texts]").click()
        expect(page.locator("message-texts [data-part=rows] li")).to_have_count(1)
        chat.picture("texts")
        assert chat.violations() == []
        page.locator("message-texts [data-action=use]").click()

        expect(page.locator("message-texts")).to_have_count(0)
        expect(text(chat, place)).to_have_text(told)


def test_what_one_said_is_said_otherwise_and_answered(chat: Window):
    choose(chat, 1, "edit")
    chat.page.locator("message-editor textarea").fill("Is anybody there?")
    chat.page.locator("message-editor [data-action=anew]").click()

    expect(chat.page.locator("chat-message")).to_have_count(3)
    finished(message(chat, 2))
    expect(text(chat, 1)).to_have_text("Is anybody there?")
    expect(message(chat, 1).locator("[data-part=count]")).to_have_text(re.compile("^2 .+ 2$"))


def test_messages_are_deleted_hidden_and_brought_back(chat: Window):
    page = chat.page
    told = text(chat, 2).inner_text()
    choose(chat, 1, "hide")
    expect(message(chat, 1)).to_have_attribute("data-hidden", "")
    choose(chat, 2, "delete")
    expect(message(chat, 2)).to_have_attribute("data-state", "deleted")
    expect(page.get_by_text(told[:40])).to_have_count(0)
    chat.picture("deleted")
    assert chat.violations() == []

    page.reload()
    expect(message(chat, 1)).to_have_attribute("data-hidden", "")
    message(chat, 2).locator("[data-action=restore]").click()
    expect(text(chat, 2)).to_have_text(told, use_inner_text=True)

    choose(chat, 1, "delete-from-here")
    expect(page.locator("chat-message")).to_have_count(1)
    page.locator("[data-action=undo]").click()
    expect(page.locator("chat-message")).to_have_count(5)
    expect(text(chat, 2)).to_have_text(told, use_inner_text=True)


def test_a_reply_goes_on_in_its_own_place(chat: Window):
    reply = message(chat, 4)
    generation = reply.get_attribute("data-generation")
    told = text(chat, 4).text_content() or ""

    reply.locator("[data-action=continue]").click()
    expect(reply).not_to_have_attribute("data-generation", generation or "", timeout=PATIENCE)
    finished(reply)

    assert (text(chat, 4).text_content() or "").startswith(told.rstrip())
    expect(chat.page.locator("chat-message")).to_have_count(5)
