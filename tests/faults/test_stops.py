"""A reply that is stopped from another tab, at any moment: it ends at once, and nothing comes after."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import AsyncExitStack, ExitStack

from tests.endpoint import Endpoint
from tests.faults.conftest import Figures
from tests.faults.watching import judged, seated
from tests.oracle import Oracle
from tests.populate import populated
from tests.reader import Reader
from tests.server import Server

WITHIN = 1.0  # seconds, of 95 in 100
AT_ONCE = 4


async def test_a_stop_from_another_tab_ends_a_reply(
    full: bool, figures: Figures, standin: Endpoint, server: Server, stack: ExitStack
):
    stops = 100 if full else 20
    oracle = standin.script = Oracle(pace=0.03, words=400)
    chats = populated(server, stack, users=AT_ONCE, chats=1)
    async with AsyncExitStack() as tabs:
        writing, watching = await seated(tabs, chats), await seated(tabs, chats)
        pairs = list(zip(writing, watching, strict=True))
        took = [
            seconds
            for _ in range(stops // AT_ONCE)
            for seconds in await asyncio.gather(*(_stopped(*pair) for pair in pairs))
        ]
        wrong = await judged(server, writing + watching, oracle)
        left = [asked for asked in oracle.asked if asked.answer]
        async with asyncio.timeout(WITHIN):
            await standin.client_left(len(left))

    took.sort()
    p95 = took[len(took) * 95 // 100 - 1]
    figures(
        stops=len(took), p50=round(took[len(took) // 2], 3), p95=round(p95, 3), slowest=round(took[-1], 3)
    )
    assert wrong == [], "\n".join(wrong)
    assert p95 <= WITHIN


async def _stopped(writing: Reader, watching: Reader) -> float:
    """Seconds from the stop to the end of the reply, as the other tab saw it."""
    before = writing.page.revision
    client_id = await writing.send(f"{before} of {writing.conversation}")
    await watching.until(lambda page: page.open and page.revision > before)
    await asyncio.sleep(random.uniform(0, 1.0))

    asked = time.monotonic()
    await watching.say("turn.stop")
    page = await writing.answered(client_id)
    took = time.monotonic() - asked

    ended = page.heard[-1]
    assert (ended["type"], ended["message"]["state"]) == ("reply.finished", "stopped")
    return took
