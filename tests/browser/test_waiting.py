"""A model that serves one at a time: the page tells the place in the line, and Stop ends the wait."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.behaviours import Gate, say
from tests.browser.window import PHONE, Window
from tests.endpoint import endpoint_in_thread
from tests.server import Server


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[tuple[Server, Gate]]:
    """A server whose model holds its first reply until the gate opens."""
    with endpoint_in_thread() as endpoint:
        gate = endpoint.gate()
        endpoint.queue(say("Well, first", gate, "."))
        with Server(tmp_path, LLM_BASE_URL=endpoint.url, LLM_API_KEY="a-key", LLM_CONCURRENCY="1") as server:
            yield server, gate


def test_who_waits_is_told_his_place(chromium: Browser, busy: tuple[Server, Gate]):
    server, gate = busy
    first, second, third = (
        Window(chromium, server, width=PHONE, dark=True, language="zh-CN") for _ in range(3)
    )
    asked(first, "anna")
    expect(first.page.locator("chat-message[data-state=streaming]")).to_be_visible()
    asked(second, "bela")
    expect(line(second.page)).to_have_text(re.compile("下一个"))
    asked(third, "cora")
    expect(line(third.page)).to_have_text(re.compile("第二位"))
    third.picture("waiting")
    assert third.violations() == []
    third.page.reload()
    expect(line(third.page)).to_have_text(re.compile("第二位"))

    second.page.locator("[data-action=stop]").click()

    expect(second.page.locator("chat-message").last).to_have_attribute("data-state", "stopped")
    expect(line(second.page)).to_have_text("")
    expect(line(third.page)).to_have_text(re.compile("下一个"))
    gate.go()
    expect(third.page.locator("chat-message").last).to_have_attribute("data-state", "finished")
    for window in (first, second, third):
        assert window.complaints == []
        window.context.close()


def asked(window: Window, name: str) -> None:
    """Somebody asks a character something."""
    window.sign_up(name)
    window.start_chat("tobias-wren")
    window.say("Is the lamp lit?")


def line(page: Page) -> Locator:
    return page.locator(".composer__queue")
