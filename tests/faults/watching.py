"""Readers at their tabs, and the checker's judgement of what they saw."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from tests import checker, rows
from tests.oracle import Outcomes
from tests.page import Page
from tests.reader import Reader
from tests.server import Server, Visitor

SETTLED_WITHIN = 20.0  # seconds for a page to show what the database holds
PATIENCE = 60.0  # seconds that a turn may stay open after the faults have ended


async def seated(stack: AsyncExitStack, chats: list[tuple[Visitor, str]]) -> list[Reader]:
    """A tab for each."""
    return list(
        await asyncio.gather(*(stack.enter_async_context(Reader(visitor, chat)) for visitor, chat in chats))
    )


async def quiet(server: Server, patience: float = PATIENCE) -> rows.Rows:
    """What the database holds once no turn is open. After `patience` seconds, as it is then."""
    deadline = time.monotonic() + patience
    while True:
        found = rows.of_server(server.database_url)
        if not found.open_turns or time.monotonic() > deadline:
            return found
        await asyncio.sleep(0.1)


async def judged(
    server: Server, readers: list[Reader], oracle: Outcomes | None, *, doubled: bool = False
) -> list[str]:
    """All that does not hold: of the rows, and of each tab that is still open. `doubled`: events may come twice."""
    found = await quiet(server)
    pages: dict[str, list[Page]] = defaultdict(list)
    for reader in readers:
        pages[reader.conversation].append(reader.page)
    wrong = checker.violations(found, pages, oracle, doubled=doubled)
    for differing in await asyncio.gather(*(_settled(found, reader) for reader in readers)):
        wrong += differing
    return wrong


async def _settled(found: rows.Rows, reader: Reader) -> list[str]:
    """What the tab shows otherwise than the database after the time that it has for that."""

    def differences(page: Page) -> list[str]:
        return list(checker.differences(found, reader.conversation, page))

    try:
        await reader.until(lambda page: not differences(page), SETTLED_WITHIN)
    except TimeoutError:
        return differences(reader.page)
    return []


async def each(readers: list[Reader], act: Callable[[Reader], Awaitable[object]]) -> None:
    await asyncio.gather(*map(act, readers))
