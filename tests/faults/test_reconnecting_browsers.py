"""Real browsers whose lines break within a reply, each in its way: what a page shows only ever grows."""

from __future__ import annotations

import asyncio
import random
import re
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field

import pytest
from playwright.async_api import BrowserContext, Page, WebSocketRoute, async_playwright, expect

from tests import needs
from tests.browser.conftest import ARGUMENTS
from tests.endpoint import Endpoint
from tests.faults.conftest import Figures
from tests.faults.watching import judged, seated
from tests.oracle import Oracle
from tests.populate import populated
from tests.server import Server, Visitor

pytestmark = pytest.mark.browser

MOST_BREAKS = 5  # within one reply
BETWEEN = (0.2, 1.0)  # seconds from one break to the next
AWAY = 0.3  # seconds
PATIENCE = 20_000  # milliseconds

# All that could have been seen of the newest reply: the observer is told before each painting.
WATCH = """
new MutationObserver(() => {
    const replies = document.querySelectorAll("chat-message[data-role=assistant][data-parent]:not([data-parent=''])");
    const text = [...replies].at(-1)?.querySelector("[data-part=text][data-rendered]");
    if (text) saw(replies[replies.length - 1].dataset.id, text.textContent);
}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
"""


@dataclass
class Window:
    """A browser's window of its own user. `shown`: which reply was the newest, and its text, one after the other."""

    context: BrowserContext
    address: str
    shown: list[tuple[str, str]] = field(default_factory=list)
    breaks: int = 0
    _lines: list[WebSocketRoute] = field(default_factory=list)
    _joined: asyncio.Event = field(default_factory=asyncio.Event)

    async def opened(self, visitor: Visitor, server: Server) -> Window:
        pairs = (pair.split("=", 1) for pair in visitor.cookies().split("; "))
        await self.context.add_cookies(
            [{"name": name, "value": value, "url": server.url} for name, value in pairs]
        )
        await self.context.expose_function("saw", lambda *seen: self.shown.append(seen))
        await self.context.add_init_script(WATCH)
        await self.load()
        return self

    async def load(self) -> Page:
        """The conversation in a new tab."""
        self.page = await self.context.new_page()
        await self.page.goto(self.address)
        return self.page

    async def line_can_be_cut(self) -> None:
        def joined(line: WebSocketRoute) -> None:
            line.connect_to_server()
            self._lines.append(line)
            self._joined.set()

        await self.context.route_web_socket(re.compile("/ws/"), joined)

    async def goes_offline(self) -> None:
        await self.context.set_offline(True)
        await self._has_state("offline")
        await asyncio.sleep(AWAY)
        await self.context.set_offline(False)
        await self._has_state("open")

    async def loses_its_line(self) -> None:
        self._joined.clear()
        await self._lines[-1].close(code=4999)
        async with asyncio.timeout(PATIENCE / 1000):
            await self._joined.wait()  # by another line
        await self._has_state("open")

    async def opens_anew(self) -> None:
        await self.page.close()
        await self.load()

    async def is_streaming(self) -> bool:
        return await self.page.locator("chat-message[data-state=streaming]").count() > 0

    async def texts(self) -> list[str]:
        """Of all messages, as they are read."""
        return await self.page.locator("chat-message [data-part=text]").all_text_contents()

    async def _has_state(self, state: str) -> None:
        await expect(self.page.locator("connection-line")).to_have_attribute(
            "data-state", state, timeout=PATIENCE
        )


BREAKS = (Window.goes_offline, Window.loses_its_line, Window.opens_anew)


async def test_pages_that_reconnect_only_grow(
    full: bool, figures: Figures, standin: Endpoint, server: Server, stack: ExitStack
):
    turns = 5 if full else 1
    oracle = standin.script = Oracle(pace=0.08, words=80)
    chats = populated(server, stack, users=len(BREAKS), chats=1)
    async with async_playwright() as playwright, AsyncExitStack() as tabs:
        chromium = await playwright.chromium.launch(
            executable_path=needs.program(needs.CHROMIUMS), args=ARGUMENTS
        )
        readers = await seated(tabs, chats)
        windows = []
        for _, conversation in chats:
            context = await chromium.new_context()
            windows.append(Window(context, f"{server.url}/conversations/{conversation}/"))
        await windows[BREAKS.index(Window.loses_its_line)].line_can_be_cut()
        for window, (visitor, _) in zip(windows, chats, strict=True):
            await window.opened(visitor, server)

        wrong = []
        for turn in range(turns):
            for said in await asyncio.gather(
                *(_talk(number, window, turn) for number, window in enumerate(windows))
            ):
                wrong += said
        wrong += [each for window in windows for each in _taken_back(window)]
        wrong += await judged(server, readers, oracle)
        await chromium.close()

    figures(
        pages=len(windows),
        replies=turns * len(windows),
        breaks=sum(window.breaks for window in windows),
        seen=sum(len(window.shown) for window in windows),
    )
    assert wrong == [], "\n".join(wrong)
    assert len(oracle.asked) == turns * len(windows)


async def _talk(number: int, window: Window, turn: int) -> list[str]:
    """One reply, with its breaks. What was wrong with it."""
    await window.page.get_by_role("textbox").fill(f"{turn} of {number}")
    await window.page.keyboard.press("Enter")
    streaming = window.page.locator("chat-message[data-state=streaming] [data-part=text]")
    await expect(streaming).not_to_be_empty(timeout=PATIENCE)
    for _ in range(random.randint(1, MOST_BREAKS)):
        await asyncio.sleep(random.uniform(*BETWEEN))
        if await window.is_streaming():
            await BREAKS[number](window)
            window.breaks += 1
    last = window.page.locator("chat-message").last
    await expect(last).to_have_attribute("data-state", "finished", timeout=PATIENCE)

    read = await window.texts()
    await window.opens_anew()
    anew = await window.texts()
    return [] if read == anew else [f"{window.address} shows {read}, and loaded anew {anew}"]


def _taken_back(window: Window) -> list[str]:
    """Where the text of a reply did not begin with what was shown of it before; white space is not counted."""
    seen = [(reply, "".join(text.split())) for reply, text in window.shown]
    return [
        f"{window.address} showed {before!r}, and then {now!r}"
        for (reply, before), (newest, now) in zip(seen, seen[1:], strict=False)
        if reply == newest and not now.startswith(before)
    ]
