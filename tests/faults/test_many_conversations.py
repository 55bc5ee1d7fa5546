"""Many conversations at once, whose turns begin while the leases of others are renewed."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack, ExitStack

from tests.endpoint import Endpoint
from tests.faults.conftest import Figures
from tests.faults.watching import each, judged, seated
from tests.oracle import Oracle
from tests.populate import populated
from tests.reader import Reader
from tests.server import Server

TURNS = 3


async def test_every_reply_of_many_conversations_is_finished(
    full: bool, figures: Figures, standin: Endpoint, server: Server, stack: ExitStack
):
    conversations = 200 if full else 24
    oracle = standin.script = Oracle(pace=0.05, words=60 if full else 30)
    chats = populated(server, stack, users=conversations // 4, chats=4)
    async with AsyncExitStack() as tabs:
        readers = await seated(tabs, chats)
        await each(readers, _talk)
        wrong = await judged(server, readers, oracle)

    resumed = [asked for asked in oracle.asked if asked.had]
    figures(conversations=conversations, replies=conversations * TURNS, resumed=len(resumed))
    assert wrong == [], "\n".join(wrong)
    assert len(oracle.asked) == conversations * TURNS
    assert {message["state"] for reader in readers for message in reader.page.messages.values()} == {
        "finished"
    }


async def _talk(reader: Reader) -> None:
    for turn in range(TURNS):
        await asyncio.sleep(random.uniform(0, 2))  # spread over more than a renewal
        await reader.answered(await reader.send(f"{turn} of {reader.conversation}"))
