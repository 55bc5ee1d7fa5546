"""A server that dies at random moments while replies stream: each goes on, and nobody sees a seam."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import AsyncExitStack, ExitStack

import pytest

from tests.endpoint import Endpoint
from tests.faults.conftest import Figures
from tests.faults.watching import each, judged, quiet, seated
from tests.oracle import Oracle
from tests.populate import populated
from tests.reader import Reader
from tests.server import Server

RESUMED_WITHIN = 1.5  # seconds after listening


@pytest.mark.parametrize("steady", [True, False], ids=["the same whole", "going on differently"])
async def test_replies_survive_a_server_that_is_killed(
    steady: bool, full: bool, figures: Figures, standin: Endpoint, server: Server, stack: ExitStack
):
    rounds, users = (10, 3) if full else (1, 2)
    oracle = standin.script = Oracle(steady=steady, pace=0.02)
    chats = populated(server, stack, users=users, chats=4)[: 10 if full else 8]
    resumed = []
    async with AsyncExitStack() as tabs:
        readers = await seated(tabs, chats)
        for number in range(rounds):
            for reader in readers:
                await reader.send(f"Round {number} of {reader.conversation}.")
            await asyncio.sleep(random.uniform(0.05, 1.2))
            await asyncio.to_thread(server.kill)
            asked = len(oracle.asked)
            await asyncio.to_thread(server.start)
            resumed.append(await _first_asked(oracle, asked, time.monotonic()))
            await quiet(server)
        await each(readers, _has_all)
        wrong = await judged(server, readers, oracle)

    figures(
        replies=rounds * len(chats),
        kills=rounds,
        resumed_within=round(max(filter(None, resumed), default=0), 2),
    )
    assert wrong == [], "\n".join(wrong)
    if full:  # on a machine that does nothing else
        assert [seconds for seconds in resumed if seconds and seconds > RESUMED_WITHIN] == []


async def _first_asked(oracle: Oracle, before: int, listening_since: float) -> float | None:
    """Seconds until a model was asked to go on; None where no orphan was left."""
    while len(oracle.asked) == before:
        if time.monotonic() - listening_since > 3 * RESUMED_WITHIN:
            return None
        await asyncio.sleep(0.01)
    return time.monotonic() - listening_since if oracle.asked[before].had else None


async def _has_all(reader: Reader) -> None:
    await reader.until(lambda page: reader.sent.keys() <= page.acknowledged.keys())
