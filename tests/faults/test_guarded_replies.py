"""A model that breaks its character at random places: no such words are ever saved or published."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack, ExitStack
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth.models import User

from characters.models import Character
from roleplay.conversations.models import Mend, Message
from roleplay.prompt.checks import MACHINE
from roleplay.turns import progress
from roleplay.turns.engine import Engine
from tests.browser_socket import BrowserSocket
from tests.cast import make_conversation
from tests.conftest import Open
from tests.endpoint import Endpoint
from tests.faults.conftest import Figures
from tests.faults.watching import each, judged, quiet, seated
from tests.planting import NEVER, Planter, is_broken
from tests.populate import populated
from tests.reader import Reader
from tests.server import Server

TABS = 4  # of one user: as many turns may be open at once
OF_A_CHAT = 10  # replies
KILLS = 10


@pytest.mark.once
async def test_no_planted_break_is_saved_or_published(
    full: bool,
    figures: Figures,
    ada: User,
    mira: Character,
    engine: Engine,
    endpoint: Endpoint,
    open_socket: Open,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
):
    settings.TURNS_PER_MINUTE = 100_000
    replies = 1000 if full else TABS * OF_A_CHAT
    planter = endpoint.script = Planter()
    mira.never_says = "\n".join(NEVER)
    await mira.asave()
    saved = kept(monkeypatch)
    told: list[str] = []
    for first in range(0, replies, TABS * OF_A_CHAT):
        conversations = [await database_sync_to_async(make_conversation)(ada, mira) for _ in range(TABS)]
        sockets = [await open_socket(conversation, ada) for conversation in conversations]
        await asyncio.gather(*(talk(socket, f"{first + at}") for at, socket in enumerate(sockets)))
        for socket in sockets:
            told += socket.shown.values()
            await socket.close()

    planted = sum(planter.breaks.values())
    figures(replies=replies, planted=planted, saves=len(saved), requests=len(planter.asked))
    assert planted >= replies
    assert [text for text in saved if is_broken(text)] == []
    assert len(told) >= replies
    assert [text for text in told if is_broken(text)] == []
    texts, mends = await database_sync_to_async(stored)()
    assert len(texts) == replies
    assert [text for text in texts if is_broken(text)] == []
    assert mends == planted


def stored() -> tuple[list[str], int]:
    """The texts of all replies, and how often one was cut."""
    replies = Message.objects.filter(role="assistant", parent__isnull=False)
    return list(replies.values_list("text", flat=True)), Mend.objects.count()


def kept(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All texts that the ledger saves from now on."""
    texts: list[str] = []
    save = progress.save

    def spy(made: Any, now: Any) -> Any:
        texts.extend(each.text for each in made)
        return save(made, now)

    monkeypatch.setattr(progress, "save", spy)
    return texts


async def talk(socket: BrowserSocket, name: str) -> None:
    for time in range(OF_A_CHAT):
        await socket.send(f"{name}, {time}")
        await socket.until("reply.finished")


async def test_a_server_that_is_killed_shows_no_break_either(
    full: bool, figures: Figures, standin: Endpoint, server: Server, stack: ExitStack
):
    """Each reply breaks its character, and is cut; the server dies before, between and after."""
    rounds, chats = (KILLS, 5) if full else (2, 4)
    planter = standin.script = Planter(phrases=MACHINE, lines=6, pace=0.004)
    seats = populated(server, stack, users=2, chats=4)[:chats]
    async with AsyncExitStack() as tabs:
        readers = await seated(tabs, seats)
        for number in range(rounds):
            for reader in readers:
                await reader.send(f"Round {number} of {reader.conversation}.")
            await asyncio.sleep(random.uniform(0.05, 1.5))
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
            found = await quiet(server)
        await each(readers, has_all)
        wrong = await judged(server, readers, planter)

    texts = [message.text for message in found.messages.values() if message.role == "assistant"]
    shown = [message["text"] for reader in readers for message in reader.page.messages.values()]
    figures(
        replies=rounds * chats,
        kills=rounds,
        planted=sum(planter.breaks.values()),
        resumed=sum(1 for asked in planter.asked if asked.had) - sum(planter.breaks.values()),
    )
    assert wrong == [], "\n".join(wrong)
    assert sum(planter.breaks.values()) >= rounds * chats / 2
    assert [text for text in (*texts, *shown) if is_broken(text)] == []


async def has_all(reader: Reader) -> None:
    await reader.until(lambda page: reader.sent.keys() <= page.acknowledged.keys())
