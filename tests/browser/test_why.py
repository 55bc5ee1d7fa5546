"""Why a reply is as it is: what the model was told; and the sign of one that fell out of character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests import behaviours
from tests.browser.window import HANDS, Window, chatting, finished, reinforced_never
from tests.endpoint import endpoint_in_thread
from tests.server import Server

pytestmark = HANDS


@pytest.fixture(scope="module")
def drifting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose model forgets who it is unless it was just told so."""

    def answer(body: Any) -> Any:
        *_, told, partial = body["messages"]
        reminded = told["role"] == "system"
        return behaviours.say("“The lamp is lit.”" if reminded else "As an AI language model, I cannot say.")

    with endpoint_in_thread() as model:
        model.script = answer
        folder = tmp_path_factory.mktemp("drifting")
        with Server(folder, LLM_BASE_URL=model.url, LLM_API_KEY="a-key") as server:
            yield server


@pytest.fixture
def chat(look: dict[str, Any], chromium: Browser, drifting: Server) -> Iterator[Window]:
    with chatting(chromium, drifting, messages=2, **look) as window:
        yield window


def said(chat: Window, place: int) -> None:
    chat.say("And then?")
    finished(chat.message(place))


def test_a_reply_out_of_character_bears_a_sign_and_the_next_one_is_told_who_it_is(chat: Window):
    reinforced_never(chat, guarded=False)
    sign = chat.page.locator(".message__drift")
    said(chat, 4)
    expect(sign.nth(4)).to_be_visible()
    chat.picture("drift")
    assert chat.violations() == []

    said(chat, 6)
    expect(chat.text(6)).to_have_text("“The lamp is lit.”")
    expect(sign.nth(6)).to_be_hidden()
    chat.page.reload()
    expect(sign.nth(4)).to_be_visible()

    chat.press(chat.message(6).locator("summary"))
    chat.press(chat.message(6).locator("[data-part=why]"))
    chat.page.wait_for_url(re.compile("/why/"))
    expect(chat.page.locator(".section--reinforcement")).to_be_visible()
    chat.press(chat.page.locator(".section--head summary"))
    expect(chat.page.locator(".section__text")).to_be_visible()
    chat.picture("why")
    assert chat.violations() == []

    chat.press(chat.page.locator(".section--history summary").first)
    chat.press(chat.page.locator(".section__places a").first)
    chat.page.wait_for_url(re.compile(r"\?at="))
