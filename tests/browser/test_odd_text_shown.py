"""Text of every odd kind is shown as it was said: while it streams, when it has ended, and after a reload."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.window import Window
from tests.endpoint import endpoint_in_thread
from tests.faults.test_odd_text import delta, units
from tests.server import Server

SHOWN = (
    "😀🎭 👩\u200d👩\u200d👧 \u200fשלום\u200e \u202ecba\u202c e"
    + "\u0301" * 1000
    + " a\tb \ufffd 河流"
    + "x" * 3000
)
TEXT_OF_THE_LAST = """(role) => [...document.querySelectorAll(`chat-message[data-role=${role}] [data-part=text]`)]
    .at(-1)?.textContent"""


def test_a_browser_shows_it_while_it_streams_and_after(
    chromium: Browser, tmp_path: Path, request: pytest.FixtureRequest
):
    stack = ExitStack()
    request.addfinalizer(stack.close)
    standin = stack.enter_context(endpoint_in_thread())
    server = stack.enter_context(Server(tmp_path, LLM_BASE_URL=standin.url, LLM_API_KEY="a-key"))
    window = Window(chromium, server, width=1280, dark=False, language="en")
    stack.callback(window.context.close)
    gate = standin.gate()
    first, second = units(SHOWN)[:-1500], units(SHOWN)[-1500:]
    standin.say(*map(delta, first[:100]), delta("".join(first[100:])), gate, delta("".join(second)))
    page = window.page
    window.sign_up("juno")
    window.start_chat("tobias-wren")

    def shows(role: str, text: str) -> None:
        page.wait_for_function(f"([role, text]) => ({TEXT_OF_THE_LAST})(role) === text", arg=[role, text])

    window.say(SHOWN)

    shows("user", SHOWN)
    shows("assistant", "".join(first).encode("utf-16-le", "surrogatepass").decode("utf-16-le"))
    page.reload()
    shows("assistant", "".join(first).encode("utf-16-le", "surrogatepass").decode("utf-16-le"))
    gate.go()
    shows("assistant", SHOWN)
    page.reload()
    shows("user", SHOWN)
    shows("assistant", SHOWN)
    assert window.complaints == []
