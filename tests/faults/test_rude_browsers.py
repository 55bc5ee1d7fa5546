"""A server whose browsers flood it, talk nonsense, or do not read: it lives, keeps its size, and serves the others."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests import rude
from tests.faults.conftest import Figures
from tests.populate import populated
from tests.server import Server, Visitor

MIB = 1024 * 1024
TOO_FAST = 4429
SOCKETS = 5  # of one user

pytestmark = pytest.mark.once

Chats = list[tuple[Visitor, str]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With the demo model, which speaks at a calm pace. It lives through all of them."""
    with Server(tmp_path_factory.mktemp("rude")) as server:
        yield server


@pytest.fixture
def chats(server: Server, stack: ExitStack) -> Chats:
    """The first one's reader behaves."""
    return populated(server, stack, users=5, chats=1)


def lag(gaps: list[float]) -> float:
    """Seconds between two deltas, of 95 in 100."""
    return gaps[len(gaps) * 95 // 100 - 1]


def judge(
    server: Server, before: int, quiet: list[float], meanwhile: list[float], full: bool
) -> dict[str, float]:
    """What was measured. The lag is judged in full alone, where nothing else runs on the machine."""
    grown = rude.resident(server) - before
    assert grown < 64 * MIB
    assert "Traceback" not in server.log.read_text()
    if full:
        assert lag(meanwhile) <= 2 * lag(quiet)
    lags = {"lag_before": quiet, "lag_meanwhile": meanwhile}
    return {"grown_mib": round(grown / MIB, 1)} | {
        name: round(lag(gaps), 3) for name, gaps in lags.items() if gaps
    }


@pytest.mark.parametrize("kind", rude.FLOODS)
async def test_a_flood_is_closed_and_hurts_nobody_else(
    kind: str, full: bool, figures: Figures, server: Server, chats: Chats
):
    reader, flooder, *_ = chats
    quiet, before = await rude.gaps(*reader) if full else [], rude.resident(server)

    ends, meanwhile = await asyncio.gather(
        rude.flood(server, *flooder, kind, seconds=5 if full else 1), rude.gaps(*reader)
    )

    assert {end.code for end in ends} == {TOO_FAST}
    assert max(end.gone_after for end in ends) < 2
    figures(connections=len(ends), **judge(server, before, quiet, meanwhile, full))


async def test_who_does_not_read_is_cut_off_and_hurts_nobody_else(
    full: bool, figures: Figures, server: Server, chats: Chats
):
    reader, *others = chats
    await asyncio.gather(*(rude.much_is_said(*other, messages=10) for other in others))
    quiet, before = await rude.gaps(*reader) if full else [], rude.resident(server)
    clients = len(others) * SOCKETS

    cut_off, meanwhile = await asyncio.gather(
        rude.never_read(server, others, clients=clients, seconds=30), rude.gaps(*reader)
    )

    assert cut_off == clients
    figures(clients=clients, **judge(server, before, quiet, meanwhile, full))


async def test_nonsense_is_answered_or_closed(full: bool, figures: Figures, server: Server, chats: Chats):
    reader, *others = chats
    frames = 20_000 if full else 800
    quiet, before = await rude.gaps(*reader) if full else [], rude.resident(server)

    await asyncio.gather(
        *(
            rude.babble(server, *other, frames=frames // len(others), seed=seed)
            for seed, other in enumerate(others)
        )
    )

    figures(frames=frames, **judge(server, before, quiet, await rude.gaps(*reader), full))
