"""A server process whose browsers flood it, or do not read: it lives, keeps its size, and serves the others."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests import rude
from tests.server import Server, Visitor

MIB = 1024 * 1024
TOO_FAST = 4429
SOCKETS = 5  # of one user


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path) as server:
        yield server


@pytest.fixture
def visitors(server: Server) -> Iterator[list[tuple[Visitor, str]]]:
    """The first behaves."""
    with ExitStack() as stack:
        made = []
        for number in range(5):
            visitor = stack.enter_context(closing(Visitor(server)))
            visitor.sign_up(f"visitor-{number}")
            made.append((visitor, visitor.start_chat("tobias-wren")))
        yield made


@pytest.mark.parametrize("kind", rude.FLOODS)
async def test_a_flood_is_closed_and_hurts_nobody_else(
    kind: str, server: Server, visitors: list[tuple[Visitor, str]]
):
    reader, flooder, *_ = visitors
    before = rude.resident(server)

    ends, silence = await asyncio.gather(
        rude.flood(server, *flooder, kind, seconds=2), rude.longest_silence(*reader)
    )

    assert {end.code for end in ends} == {TOO_FAST}
    assert max(end.gone_after for end in ends) < 2
    assert rude.resident(server) - before < 64 * MIB
    assert silence < 2
    assert "Traceback" not in server.log.read_text()


async def test_who_does_not_read_is_cut_off_and_hurts_nobody_else(
    server: Server, visitors: list[tuple[Visitor, str]]
):
    reader, *others = visitors
    await asyncio.gather(*(rude.much_is_said(*other, messages=10) for other in others))
    before = rude.resident(server)

    cut_off, silence = await asyncio.gather(
        rude.never_read(server, others, clients=len(others) * SOCKETS, seconds=5),
        rude.longest_silence(*reader),
    )

    assert cut_off == len(others) * SOCKETS
    assert rude.resident(server) - before < 64 * MIB
    assert silence < 2
    assert "Traceback" not in server.log.read_text()
