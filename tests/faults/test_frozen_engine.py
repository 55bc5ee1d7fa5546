"""Two engines at one database, of which one stands still for longer than its leases: the other goes on with its
replies, and what the first finds in its hands when it moves again is nobody's any more.

Only PostgreSQL has two engines; a file of SQLite belongs to one process.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field

import pytest

from roleplay.turns.claims import LEASE
from tests import rows
from tests.behaviours import Behaviour
from tests.databases import ON_POSTGRES
from tests.endpoint import Endpoint
from tests.faults.conftest import Figures
from tests.faults.watching import each, judged, seated
from tests.kimi import Body
from tests.oracle import Asked, Oracle, said_so_far
from tests.populate import populated
from tests.second_engine import second_engine
from tests.server import Server

pytestmark = pytest.mark.skipif(not ON_POSTGRES, reason="two engines need PostgreSQL: tests.postgres")

FROZEN = 2 * LEASE.total_seconds()
RESUMED_WITHIN = 6.0  # seconds after the freeze: a lease, and a sweep
SLOW = 0.2  # seconds between two pieces: a reply outlasts the freeze
QUICK = 0.005
WORDS = 250
SECOND = "another-key"  # by which the stand-in knows the second engine


@dataclass(frozen=True)
class Asking:
    asked: Asked
    second: bool
    at: float


@dataclass
class Watched:
    """The oracle, slow at first and quick where a reply goes on; it keeps who asked, and when."""

    standin: Endpoint
    oracle: Oracle
    askings: list[Asking] = field(default_factory=list)

    def __call__(self, body: Body) -> Behaviour:
        self.oracle.pace = QUICK if said_so_far(body) else SLOW
        answer = self.oracle(body)
        second = SECOND in self.standin.headers[-1]["authorization"]
        self.askings.append(Asking(self.oracle.asked[-1], second, time.monotonic()))
        return answer


async def test_another_engine_goes_on_with_the_replies_of_one_that_stands_still(
    full: bool, figures: Figures, standin: Endpoint, server: Server, stack: ExitStack
):
    rounds = 5 if full else 1
    watched = standin.script = Watched(standin, Oracle(steady=False, words=WORDS))
    chats = populated(server, stack, users=2, chats=4)
    stack.enter_context(second_engine(server, LLM_API_KEY=SECOND))
    took: list[float] = []
    left, wrong = 0, []
    async with AsyncExitStack() as tabs:
        readers = await seated(tabs, chats)
        for number in range(rounds):
            before = len(watched.askings)
            sent = {reader: await reader.send(f"{number} of {reader.conversation}.") for reader in readers}
            await each(readers, lambda reader: reader.until(lambda page: page.open and page.path[-1][2]))
            await asyncio.sleep(random.uniform(0, 1.0))

            frozen_at = time.monotonic()
            os.kill(server.pid, signal.SIGSTOP)
            held = [asking.asked for asking in watched.askings[before:] if not asking.second]
            try:
                await asyncio.sleep(FROZEN)
            finally:
                os.kill(server.pid, signal.SIGCONT)

            left += len(held)
            resumed = {
                asking.asked.said: asking.at - frozen_at
                for asking in watched.askings[before:]
                if asking.second and asking.asked.had
            }
            wrong += [
                f"nobody went on with the reply to {asked.said[-1]}"
                for asked in held
                if asked.said not in resumed
            ]
            took += resumed.values()
            await asyncio.gather(*(reader.answered(client_id) for reader, client_id in sent.items()))
            async with asyncio.timeout(10):
                await standin.client_left(left)
        wrong += await judged(server, readers, watched.oracle)
        wrong += _not_of_the_newest_owner(rows.of_server(server.database_url), watched)

    figures(
        rounds=rounds,
        replies=rounds * len(chats),
        held=left,
        resumed=len(took),
        quickest=round(min(took, default=0), 2),
        slowest=round(max(took, default=0), 2),
    )
    assert wrong == [], "\n".join(wrong)
    assert left > 0
    assert standin.closed == left
    if full:
        assert sorted(took)[-1] <= RESUMED_WITHIN


def _not_of_the_newest_owner(found: rows.Rows, watched: Watched) -> list[str]:
    """Replies whose text is not what the model said to whoever asked last."""
    wrong = []
    for reply in found.messages.values():
        if reply.role == "assistant" and reply.parent:
            *_, last = (each.asked for each in watched.askings if each.asked.said == found.said_before(reply))
            if reply.text != last.had + last.answer:
                wrong.append(f"{reply.id} is {reply.text!r}, and its newest owner was told {last}")
    return wrong
