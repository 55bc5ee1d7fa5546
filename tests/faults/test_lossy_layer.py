"""Events that are lost, doubled or swapped on their way: a hint may fail, the rows do not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any

import pytest

from roleplay.layer import MemoryLayer
from tests.endpoint import Endpoint
from tests.faults.conftest import SETTINGS, Figures
from tests.faults.watching import each, judged, seated
from tests.oracle import Oracle
from tests.populate import populated
from tests.reader import Reader
from tests.server import Server

pytestmark = pytest.mark.once

TURNS = 3


class WithoutTheEnd(MemoryLayer):
    """Loses the last delta and the end of every reply, and nothing else."""

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if message["type"] == "conversation.text":
            late, self._late = (
                getattr(self, "_late", {}).get(group),
                {**getattr(self, "_late", {}), group: message},
            )
            if late:
                await super().group_send(group, late)
        elif message.get("frame", {}).get("type") == "reply.finished":
            self._late = {**getattr(self, "_late", {}), group: None}
        else:
            await super().group_send(group, message)


@pytest.fixture(params=["tests.lossy.LossyLayer", "tests.faults.test_lossy_layer.WithoutTheEnd"])
def server(request: pytest.FixtureRequest, tmp_path: Path, standin: Endpoint) -> Iterator[Server]:
    settings = {"LLM_BASE_URL": standin.url, "LLM_API_KEY": "a-key", "TEST_LAYER": request.param}
    with Server(tmp_path, **settings, **SETTINGS) as server:
        yield server


async def test_every_page_comes_to_what_the_database_holds(
    full: bool, figures: Figures, standin: Endpoint, server: Server, stack: ExitStack
):
    oracle = standin.script = Oracle(pace=0.03)
    chats = populated(server, stack, users=8 if full else 2, chats=2)
    async with AsyncExitStack() as tabs:
        writing, watching = await seated(tabs, chats), await seated(tabs, chats)
        await each(writing, _talk)
        wrong = await judged(server, writing + watching, oracle, doubled=True)

    figures(conversations=len(chats), replies=TURNS * len(chats), pages=2 * len(chats))
    assert wrong == [], "\n".join(wrong)


async def _talk(reader: Reader) -> None:
    for turn in range(TURNS):
        client_id = await reader.send(f"{turn} of {reader.conversation}")
        await reader.acknowledged(client_id)
        await asyncio.sleep(0.5)
