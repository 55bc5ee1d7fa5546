"""A server that is told to leave under streaming replies: a clean end, and the next one goes on."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack, ExitStack

from tests.endpoint import Endpoint
from tests.faults.conftest import Figures
from tests.faults.watching import each, judged, seated
from tests.oracle import Oracle
from tests.populate import populated
from tests.server import Server

COME_BACK = 4012


async def test_replies_survive_a_server_that_leaves(
    full: bool, figures: Figures, standin: Endpoint, server: Server, stack: ExitStack
):
    oracle = standin.script = Oracle(pace=0.05, words=120 if full else 60)
    chats = populated(server, stack, users=5, chats=4)
    async with AsyncExitStack() as tabs:
        readers = await seated(tabs, chats)
        sent = {reader: await reader.send(f"Tell me of {reader.conversation}.") for reader in readers}
        await each(
            readers, lambda reader: reader.until(lambda page: page.open and len(page.path[-1][2]) > 20)
        )

        code = await asyncio.to_thread(server.stop)
        closes = [reader.closes for reader in readers]
        await asyncio.to_thread(server.start)
        await each(readers, lambda reader: reader.answered(sent[reader]))
        wrong = await judged(server, readers, oracle)

    figures(streaming=len(readers), exit_code=code)
    assert wrong == [], "\n".join(wrong)
    assert code == 0
    assert closes == [[COME_BACK]] * len(readers)
    # Nothing ran twice: each reply was asked for at its beginning once, and then from where it was cut.
    asked = Counter((each.said, each.had) for each in oracle.asked)
    assert [times for times in asked.values() if times > 1] == []
    assert len(asked) == 2 * len(readers)
