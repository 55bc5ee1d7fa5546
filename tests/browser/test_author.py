"""A new author, from a premise to a chat: drafted, looked over, tried, published, talked with, written anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, expect

from tests.browser.window import PHONE, Window, finished
from tests.server import Server

LOOKS = [
    pytest.param((1280, False, "en", "a retired lighthouse keeper who collects lost letters"), id="wide"),
    pytest.param((PHONE, True, "zh-CN", "一位收集失落信件的退休守塔人"), id="phone"),
]
A_DRAFT = 60_000  # ms


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that nobody has signed up to yet."""
    with Server(tmp_path_factory.mktemp("fresh")) as server:
        yield server


@pytest.fixture(scope="module")
def operator(chromium: Browser, fresh: Server) -> Iterator[Window]:
    window = Window(chromium, fresh, width=1280, dark=False, language="en")
    window.sign_up("olga")
    yield window
    window.context.close()
    assert window.complaints == []


def make_author(operator: Window, name: str) -> None:
    """As an operator does it at the desk."""
    operator.page.goto("/admin/auth/user/")
    operator.page.get_by_role("link", name=name, exact=True).click()
    operator.page.get_by_label("Author: writes characters").check()
    operator.picture("author-is-made")
    operator.page.locator("[name=_save]").click()
    operator.page.wait_for_url(re.compile(r"/user/$"))


def say(window: Window, text: str) -> None:
    window.say(text)
    finished(window.message(2))


@pytest.mark.parametrize("look", LOOKS)
def test_from_a_premise_to_a_chat(
    look: tuple[int, bool, str, str], chromium: Browser, fresh: Server, operator: Window, tmp_path: Path
):
    width, dark, language, premise = look
    window = Window(chromium, fresh, width=width, dark=dark, language=language)
    page, name = window.page, f"dora-{width}"
    window.sign_up(name)
    expect(page.locator('a[href="/admin/"]')).to_have_count(0)
    make_author(operator, name)

    page.goto("/")
    page.locator('a[href="/admin/"]:visible').click()
    page.locator('a.addlink[href$="/character/add/"]').first.click()
    page.locator("#id_language").select_option("zh" if language == "zh-CN" else "en")
    page.locator("#premise").fill(premise)
    window.picture("author-premise")
    page.locator("[data-action=draft]").click()
    expect(page.locator("[data-part=state]")).to_be_visible()
    expect(page.locator(".proposal").first).to_be_visible(timeout=A_DRAFT)
    window.picture("author-proposals")
    assert page.locator("#id_name").input_value() == ""
    page.locator("[data-action=take-all]").click()
    expect(page.locator("#id_name")).not_to_have_value("")
    expect(page.locator("#id_slug")).not_to_have_value("")
    expect(page.locator("#quotes-group [name$='-text']:not([name*=__prefix__])").nth(9)).not_to_have_value("")
    expect(page.locator(".findings")).to_have_count(0)
    expect(page.locator("label[for=id_description] ~ .tokens")).not_to_be_empty()
    assert window.violations() == []

    with window.context.expect_page() as opened:
        page.locator("[data-keeps]").click()
    trial, window.page = opened.value, opened.value
    say(window, "Good evening.")
    window.picture("author-tries")
    trial.close()
    window.page = page

    page.locator("#id_visibility").select_option("public")
    page.locator("[name=_publish]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    window.picture("author-published")
    page.locator(".messagelist .success a").click()
    expect(page.locator("h1")).not_to_be_empty()
    window.picture("author-on-the-site")
    page.locator("form[action$='/chat/'] button").click()
    page.wait_for_url(re.compile("/conversations/"))
    say(window, "Good evening.")
    window.picture("author-chats")
    window.context.close()
    assert window.complaints == []


def test_unsaved_work_is_not_left_without_a_question(operator: Window):
    page = operator.page
    page.goto("/admin/characters/character/add/")
    page.locator("#id_description").fill("She draws maps.")
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", answer)
    page.goto("/")

    assert asked == ["beforeunload"]


def test_what_was_taken_is_taken_back_and_one_field_is_asked_for_alone(operator: Window):
    page = operator.page
    page.goto("/admin/characters/character/add/")
    page.locator("#premise").fill("a river pilot")
    page.locator("#id_name").fill("Juno")

    page.locator(".ask[data-field=speech]").click()
    proposal = page.locator(".field-speech .proposal")
    expect(proposal).to_be_visible(timeout=A_DRAFT)
    expect(page.locator(".proposal")).to_have_count(1)
    text = proposal.locator("[data-part=text]").inner_text()
    proposal.locator("[data-action=take]").click()
    expect(page.locator("#id_speech")).to_have_value(text)
    proposal.locator("[data-action=undo]").click()
    expect(page.locator("#id_speech")).to_have_value("")
    proposal.locator("[data-action=leave]").click()
    expect(page.locator(".proposal")).to_have_count(0)
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("/")


def test_what_was_not_saved_outlives_the_session(chromium: Browser, fresh: Server, operator: Window):
    window = Window(chromium, fresh, width=1280, dark=False, language="en")
    window.sign_up("eve")
    make_author(operator, "eve")
    page = window.page
    page.goto("/admin/characters/character/add/")
    page.locator("#id_name").fill("Mira")
    page.locator("#quotes-group .add-row a").click()
    page.locator("[name=quotes-0-text]").fill("One.")
    page.locator("[name=quotes-1-text]").fill("Two.")
    window.context.clear_cookies()
    page.locator("[name=_continue]").click()
    page.wait_for_load_state()

    page.goto("/accounts/login/?next=/admin/characters/character/add/")
    page.locator("[name=login]").fill("eve")
    page.locator("[name=password]").fill("a sentence nobody guesses")
    page.locator("main form button").click()
    page.locator("[data-action=bring-back]").click()

    expect(page.locator("#id_name")).to_have_value("Mira")
    quotes = page.locator("#quotes-group [name$='-text']:not([name*=__prefix__])")
    assert [quotes.nth(place).input_value() for place in range(quotes.count())] == ["One.", "Two."]
    page.locator("#id_slug").fill("mira")
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto("/admin/characters/character/add/")
    expect(page.locator("[data-part=kept]")).to_be_hidden()
    window.context.close()


def test_a_finding_leads_to_its_field(operator: Window):
    page = operator.page
    page.goto("/admin/characters/character/add/")
    page.locator("#id_ends_with").fill("/(/")

    page.locator(".findings__grave a[data-field=id_ends_with]").click()

    expect(page.locator("#id_ends_with")).to_be_focused()
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("/")
