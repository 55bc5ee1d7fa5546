"""The desk in a browser: an author writes a character and talks with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.window import Window
from tests.server import Server


@pytest.fixture
def author(chromium: Browser, tmp_path: Path) -> Iterator[Window]:
    """The first account of a server of its own: its operator."""
    with Server(tmp_path) as server:
        window = Window(chromium, server, width=1280, dark=False, language="en")
        window.sign_up("author")
        yield window
        window.context.close()
        assert window.complaints == []


def test_an_author_writes_a_character_and_talks_with_it(author: Window):
    page = author.page
    page.goto("/admin/")
    assert author.violations() == []
    page.goto("/admin/characters/character/")
    author.picture("desk-list")
    assert author.violations() == []

    page.goto("/admin/characters/character/add/")
    author.picture("desk-character")
    assert author.violations() == []
    page.locator("[name=name]").fill("Mira")
    page.locator("[name=description]").fill("{{char}} draws maps of a river that moves.")
    page.locator("[name=visibility]").select_option("public")
    page.locator("[name=greetings-0-text]").fill("“You are late,” she says. “Did the river hold you?”")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    page.goto("/admin/characters/lorebook/add/")
    page.locator("[name=title]").fill("The river")
    page.locator("[name=entries-0-keys]").fill("river, /(?=a)b/")
    page.get_by_role("button", name="Add another Entry").click()
    page.locator("[name=entries-1-content]").fill("It moves.")
    page.locator("#entries-0 summary").first.click()
    author.picture("desk-lorebook")
    assert author.violations() == []
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .warning")).to_contain_text("invalid perl operator")
    expect(page.locator("[name=entries-1-content]")).to_have_value("It moves.")
    assert author.violations() == []

    author.start_chat("mira")
    expect(page.locator("chat-message [data-part=text]")).to_contain_text("Did the river hold you?")
