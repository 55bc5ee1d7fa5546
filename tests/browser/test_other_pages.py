"""The pages that a first visit does not pass: accounts, errors, empty lists; in Chinese too."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests import behaviours
from tests.browser.window import PHONE, Window
from tests.endpoint import endpoint_in_thread
from tests.server import Server

FOR_VISITORS = ["/accounts/login/", "/accounts/inactive/", "/characters/ilse-marrow/", "/?language=zh"]
FOR_READERS = [
    "/accounts/password/change/",
    "/accounts/logout/",
    "/conversations/",
    "/persona/",
    "/usage/",
    "/persona/new/",
    "/lorebooks/",
    "/lorebooks/new/",
    "/import/",
]


@pytest.mark.parametrize(("width", "dark", "language"), [(1280, False, "zh-CN"), (PHONE, True, "en")])
def test_no_page_has_a_violation(width: int, dark: bool, language: str, chromium: Browser, server: Server):
    window = Window(chromium, server, width=width, dark=dark, language=language)
    page = window.page

    for address in FOR_VISITORS:
        page.goto(address)
        assert window.violations() == [], address
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill("nobody")
    page.locator("[name=password]").fill("not the password")
    page.locator("main form button").click()
    expect(page.locator("main form")).to_be_visible()
    assert window.violations() == []
    window.sign_up(f"juno-{uuid4().hex[:6]}")
    for address in FOR_READERS:
        page.goto(address)
        assert window.violations() == [], address
    assert window.complaints == []

    answer = page.goto("/nowhere/")
    assert answer and answer.status == 404
    assert window.violations() == []
    window.context.close()


def test_a_failed_reply_is_retried_by_its_button(chromium: Browser, tmp_path):
    with (
        endpoint_in_thread() as model,
        Server(tmp_path, LLM_BASE_URL=model.url, LLM_API_KEY="a-key") as server,
    ):
        model.script = lambda body: behaviours.fail(404, "resource_not_found_error")
        window = Window(chromium, server, width=1280, dark=False, language="en")
        window.sign_up("juno")
        page = window.page
        window.start_chat("tobias-wren")
        window.say("Is anybody there?")
        failed = page.locator("chat-message[data-state=failed]")

        expect(failed).to_contain_text("does not know this model")
        window.picture("failed")
        assert window.violations() == []
        first = failed.get_attribute("data-id")
        failed.get_by_role("button", name="Retry").click()

        expect(page.locator(f"chat-message[data-id='{first}']")).to_have_count(0)
        expect(page.locator("chat-message").last).to_have_attribute("data-role", "assistant")
        expect(page.get_by_role("textbox")).to_be_focused()
        assert window.complaints == []
        window.context.close()
