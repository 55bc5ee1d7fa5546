"""A reader's tab, over the network, without the browser: it comes back after a break, asks for what it missed, and
says again what was not acknowledged.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self
from uuid import uuid4

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import InvalidHandshake, WebSocketException

from tests.page import GROWING, Page
from tests.server import Visitor

RESUME_EVERY = 1.0  # seconds
FIRST_PAUSE = 0.2  # seconds; a browser begins with more
LONGEST_PAUSE = 1.0  # seconds


class Reader:
    """`page` is what the tab shows; it outlives connections. `closes` are the codes of those that ended."""

    def __init__(self, visitor: Visitor, conversation: str) -> None:
        self.visitor = visitor
        self.conversation = conversation
        self.page = Page()
        self.closes: list[int] = []
        self.sent: dict[str, str] = {}  # client_id -> text
        self.fault: BaseException | None = None
        self._connection: ClientConnection | None = None
        self._changed = asyncio.Condition()
        self._resumed_at = 0.0
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._running = asyncio.create_task(self._run())
        await self.until(lambda page: page.head is not None)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave()

    async def leave(self) -> None:
        """Closes the tab."""
        if self._running:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        if self._connection:
            await self._connection.close()

    async def send(self, text: str) -> str:
        """Its client_id. What cannot be said now is said when the line is back."""
        client_id = str(uuid4())
        self.sent[client_id] = text
        await self.say("message.send", client_id=client_id, text=text)
        return client_id

    async def say(self, type: str, **keys: Any) -> None:
        if self._connection:
            with suppress(WebSocketException):
                await self._connection.send(json.dumps({"type": type, **keys}))

    def drop(self) -> None:
        """The line breaks, without a word."""
        if self._connection:
            self._connection.transport.abort()

    async def until(self, seen: Callable[[Page], object], patience: float = 60.0) -> Page:
        """Waits until the page is so. Raises TimeoutError, and what was wrong with the page."""
        async with asyncio.timeout(patience), self._changed:
            await self._changed.wait_for(lambda: self.fault or seen(self.page))
        if self.fault:
            raise self.fault
        return self.page

    async def acknowledged(self, client_id: str) -> Page:
        return await self.until(lambda page: client_id in page.acknowledged)

    async def answered(self, client_id: str, patience: float = 60.0) -> Page:
        """Waits until what was sent is acknowledged, and the page waits for no reply any more."""
        return await self.until(lambda page: client_id in page.acknowledged and _is_quiet(page), patience)

    async def _run(self) -> None:
        failures = 0
        while True:
            try:
                self._connection = await self.visitor.open(self.conversation)
                async for text in self._connection:
                    failures = 0
                    await self._receive(json.loads(text))
                    if self.page.wants in ("reload", "later"):
                        await self._load_anew()
                        break
            except (OSError, WebSocketException, InvalidHandshake, TimeoutError):
                pass
            except AssertionError as fault:
                self.fault = fault
            if self._connection and self._connection.close_code:
                self.closes.append(self._connection.close_code)
            self._connection = None
            async with self._changed:
                self._changed.notify_all()
            if self.fault:
                return
            await asyncio.sleep(min(FIRST_PAUSE * 2**failures, LONGEST_PAUSE) * random.uniform(0.5, 1))
            failures += 1

    async def _receive(self, frame: dict[str, Any]) -> None:
        self.page.receive(frame)
        if frame["type"] == "hello":
            self._resumed_at = 0.0
            for client_id, text in self.sent.items():
                if client_id not in self.page.acknowledged and client_id not in self.page.refused:
                    await self.say("message.send", client_id=client_id, text=text)
        await self._resume()
        async with self._changed:
            self._changed.notify_all()

    async def _load_anew(self) -> None:
        """As a browser does: what was still on its way to the old page is not the new one's."""
        assert self._connection
        self.page = Page(acknowledged=self.page.acknowledged, heard=self.page.heard)
        await self._connection.close()

    async def _resume(self) -> None:
        if self.page.wants != "resume":
            return
        wait = self._resumed_at + RESUME_EVERY - time.monotonic()
        if wait > 0:
            asyncio.get_running_loop().call_later(wait, lambda: asyncio.ensure_future(self._resume()))
            return
        self._resumed_at = time.monotonic()
        self.page.asked()
        await self.say("resume", revision=self.page.revision)


def _is_quiet(page: Page) -> bool:
    """Whether a reply stands at the end, and nothing more is to come."""
    last = page.messages.get(page.head or "")
    ended = last and last["role"] == "assistant" and last["state"] not in GROWING
    return bool(ended and not page.open and not page.wants)
