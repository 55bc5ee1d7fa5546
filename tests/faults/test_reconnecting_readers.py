"""Many readers whose lines break within a reply, or who leave and open the conversation anew: one text for all."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from contextlib import AsyncExitStack, ExitStack
from functools import partial

import pytest

from tests import checker
from tests.endpoint import Endpoint
from tests.faults.conftest import Figures
from tests.faults.watching import each, judged, quiet, seated
from tests.oracle import Oracle
from tests.page import Page
from tests.populate import populated
from tests.reader import Reader
from tests.server import Server

pytestmark = pytest.mark.once

MOST_BREAKS = 5  # within one reply
BETWEEN = (0.2, 1.0)  # seconds from one break to the next
CHATS = 2  # of each user; with two tabs in each, a fifth socket is left for one that is slow to go


async def test_readers_that_reconnect_see_one_text(
    full: bool, figures: Figures, standin: Endpoint, server: Server, stack: ExitStack
):
    turns, users = (3, 50) if full else (1, 13)
    oracle = standin.script = Oracle(pace=0.08, words=80)
    chats = populated(server, stack, users=users, chats=CHATS)
    breaks, gone = 0, list[Reader]()
    async with AsyncExitStack() as tabs:
        breaking, changing = await seated(tabs, chats), await seated(tabs, chats)

        async def change(old: Reader) -> Reader:
            """Leaves, and opens the conversation anew, some times; the newest tab."""
            for _ in range(random.randint(1, MOST_BREAKS)):
                await asyncio.sleep(random.uniform(*BETWEEN))
                gone.append(old)
                await old.leave()
                old = await tabs.enter_async_context(Reader(old.visitor, old.conversation))
            return old

        for turn in range(turns):
            sent = {reader: await reader.send(f"{turn} of {reader.conversation}") for reader in breaking}
            await each(breaking + changing, _begun)
            changing, broke = await asyncio.gather(
                asyncio.gather(*map(change, changing)), asyncio.gather(*map(_break_often, breaking))
            )
            breaks += sum(broke)
            await asyncio.gather(*(reader.answered(client_id) for reader, client_id in sent.items()))
        wrong = await judged(server, breaking + changing, oracle)

        pages = defaultdict(list)
        for reader in breaking + changing + gone:
            pages[reader.conversation].append(reader.page)
        wrong += checker.violations(await quiet(server), pages, oracle)

    figures(clients=2 * len(chats), replies=turns * len(chats), breaks=breaks, new_tabs=len(gone))
    assert wrong == [], "\n".join(wrong)
    assert len(oracle.asked) == turns * len(chats)  # a reader that goes costs the model nothing


async def _begun(reader: Reader) -> None:
    await reader.until(lambda page: page.open and page.path[-1][2])


async def _break_often(reader: Reader) -> int:
    for number in range(random.randint(1, MOST_BREAKS)):
        await asyncio.sleep(random.uniform(*BETWEEN))
        if not reader.page.open:
            return number
        before = _greeted(reader.page)
        reader.drop()
        await reader.until(partial(_greeted_after, before))
    return number + 1


def _greeted_after(before: int, page: Page) -> bool:
    return _greeted(page) > before


def _greeted(page: Page) -> int:
    """How often the line was opened."""
    return [frame["type"] for frame in page.heard].count("hello")
