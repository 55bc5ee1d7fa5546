"""A model that lets in one at once and three a minute: nobody gets an error, each knows his place, and comes in turn."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import pytest
from channels.db import database_sync_to_async

from characters.models import Character
from roleplay.providers import endpoints
from roleplay.providers.errors import Passing
from roleplay.turns.engine import Engine
from tests import checker, rows
from tests.browser_socket import BrowserSocket
from tests.cast import make_conversation, make_user
from tests.conftest import Open, configured
from tests.endpoint import Endpoint
from tests.faults.conftest import SETTINGS, Figures
from tests.faults.scarce import A_MINUTE, AT_ONCE, Scarce
from tests.faults.watching import judged, seated
from tests.oracle import Oracle
from tests.page import Frame, Page
from tests.populate import populated
from tests.reader import Reader
from tests.server import Server

USERS = 5
TEXT = "Is it the turn of {}?"
LEAVES = 2  # the place in the line of the one who stops
SHORT_MINUTE = 4.0  # seconds
PATIENCE = 150.0  # seconds: two minutes of the provider's, and some
WAY = 0.1  # seconds by which our minute is the longer one

learned_or_set = pytest.mark.parametrize("limits_are_set", [False, True], ids=["learned", "set"])


class Tab(Protocol):
    page: Page

    async def send(self, text: str) -> str: ...
    async def say(self, type: str, **keys: Any) -> None: ...
    async def until(self, seen: Callable[[Page], object], patience: float = ...) -> Page: ...


@dataclass
class SocketTab:
    """A tab at the application in this process."""

    socket: BrowserSocket
    page: Page = field(default_factory=Page)

    async def opened(self) -> SocketTab:
        self.page.receive(self.socket.frames[0])
        await self.until(lambda page: page.head)
        return self

    async def send(self, text: str) -> str:
        client_id = str(uuid4())
        await self.socket.send(text, client_id)
        return client_id

    async def say(self, type: str, **keys: Any) -> None:
        await self.socket.say(type, **keys)

    async def until(self, seen: Callable[[Page], object], patience: float = 30.0) -> Page:
        async with asyncio.timeout(patience):
            while not seen(self.page):
                if self.page.wants:
                    self.page.asked()
                    await self.say("resume", revision=self.page.revision)
                self.page.receive(await self.socket.next())
        return self.page


@learned_or_set
async def test_each_is_served_in_turn(
    limits_are_set: bool, figures: Figures, endpoint: Endpoint, mira: Character, open_socket: Open
):
    account = endpoint.script = Scarce(Oracle(), SHORT_MINUTE)
    model = configured(endpoint, **({"at_once": AT_ONCE, "a_minute": A_MINUTE} if limits_are_set else {}))
    engine = Engine(lambda: endpoints.opened(model), pause=_short, minute=SHORT_MINUTE + WAY)
    users = [await database_sync_to_async(make_user)(f"reader-{number}") for number in range(USERS)]
    chats = [await database_sync_to_async(make_conversation)(user, mira) for user in users]
    tabs = [
        await SocketTab(await open_socket(chat, user)).opened()
        for chat, user in zip(chats, users, strict=True)
    ]

    async def another(number: int) -> Tab:
        return await SocketTab(await open_socket(chats[number], users[number])).opened()

    await engine.start()
    try:
        wrong, stopped_within = await _in_turn(tabs, another, account, limits_are_set)
    finally:
        await engine.stop()

    figures(users=USERS, refused=len(account.refused), stopped_within=stopped_within)
    found = await database_sync_to_async(rows.of_tests)()
    ids = [str(chat.pk) for chat in chats]
    wrong += checker.violations(
        found, {id: [tab.page] for id, tab in zip(ids, tabs, strict=True)}, account.oracle
    )
    for id, tab in zip(ids, tabs, strict=True):
        wrong += checker.differences(found, id, tab.page)
    assert wrong == [], "\n".join(wrong)


@learned_or_set
async def test_each_is_served_in_turn_by_a_server(
    limits_are_set: bool, full: bool, figures: Figures, standin: Endpoint, tmp_path: Path, stack: ExitStack
):
    if not full:
        pytest.skip("a minute of the provider's takes one: with --full")
    account = standin.script = Scarce(Oracle(pace=0.02), minute=60.0)
    limits = {"LLM_CONCURRENCY": str(AT_ONCE), "LLM_REQUESTS_PER_MINUTE": str(A_MINUTE)}
    settings = {**SETTINGS, **(limits if limits_are_set else {})}
    server = stack.enter_context(Server(tmp_path, LLM_BASE_URL=standin.url, LLM_API_KEY="a-key", **settings))
    chats = populated(server, stack, users=USERS, chats=1)
    async with AsyncExitStack() as tabs:
        readers = await seated(tabs, chats)

        async def another(number: int) -> Tab:
            return await tabs.enter_async_context(Reader(*chats[number]))

        began = time.monotonic()
        wrong, stopped_within = await _in_turn(readers, another, account, limits_are_set)
        took = time.monotonic() - began
        wrong += await judged(server, readers, account.oracle)

    figures(users=USERS, refused=len(account.refused), stopped_within=stopped_within, seconds=round(took, 1))
    assert wrong == [], "\n".join(wrong)


def _short(error: Passing, before: int) -> float:
    """What the provider asks for at least, and jittered, as the real pause is."""
    return (error.retry_after or WAY) * random.uniform(1.0, 1.5)


async def _in_turn(
    tabs: Sequence[Tab], another: Callable[[int], Awaitable[Tab]], account: Scarce, limits_are_set: bool
) -> tuple[list[str], float]:
    """One is served, then all others send at once; one of them stops. What was wrong, and how soon the stop was seen.

    Where no limit is known yet, those who ask before the first refusal ask together: one goes ahead of them.
    """
    sent = [await tabs[0].send(TEXT.format(0))]
    await account.first.reached.wait()
    sent += [await tab.send(TEXT.format(number)) for number, tab in enumerate(tabs[1:], 1)]
    for tab, client_id in zip(tabs, sent, strict=True):
        await tab.until(partial(_acknowledges, client_id))
    line = sorted(range(USERS), key=lambda number: _saved_at(tabs[number].page, sent[number]))
    tabs, texts = [tabs[number] for number in line], [TEXT.format(number) for number in line]
    for place, tab in enumerate(tabs[1:], 1):
        await tab.until(partial(_stands, place))
    settled = [len(tab.page.heard) for tab in tabs]
    wrong = _of_a_fresh(await another(line[-1]), USERS - 1)

    asked_at = time.monotonic()
    await tabs[LEAVES].say("turn.stop")
    await tabs[LEAVES].until(_ended)
    stopped_within = round(time.monotonic() - asked_at, 3)
    for place, tab in enumerate(tabs[LEAVES + 1 :], LEAVES):
        await tab.until(partial(_stands, place))
    if len(account.let_in) != 1:
        wrong.append(f"{account.let_in} were let in while the first was written")

    account.first.go()
    # One by one: communicators that are read at once leave connections open, by a patch of theirs.
    for tab in tabs:
        await tab.until(_ended, PATIENCE)

    served = [text for number, text in enumerate(texts) if number != LEAVES]
    if (let_in := [said[-1][1] for said in account.let_in]) != served:
        wrong.append(f"let in were {let_in}")
    if limits_are_set and account.refused:
        wrong.append(f"refused were {account.refused}")
    if not limits_are_set and {limit.partition(":")[0] for limit in account.refused} != {
        "max concurrency",
        "max RPM",
    }:
        wrong.append(f"it was learned from {account.refused}")
    for number, (tab, since) in enumerate(zip(tabs, settled, strict=True)):
        wrong += _untoward(number, tab.page, 0 if limits_are_set else since)
    return wrong, stopped_within


def _untoward(number: int, page: Page, since: int) -> list[str]:
    """What one was told that he should not have been, of places after `since` frames."""
    wrong = [
        f"{number} was told {frame}" for frame in page.heard if frame["type"] in ("turn.failed", "error")
    ]
    places = [frame["place"] for frame in page.heard[since:] if frame["type"] == "turn.waiting"]
    if places != sorted(places, reverse=True):
        wrong.append(f"{number} was told the places {places}")
    expected = "stopped" if number == LEAVES else "finished"
    if (state := _reply(page)["state"]) != expected:
        wrong.append(f"the reply of {number} is {state}")
    return wrong


def _of_a_fresh(tab: Tab, place: int) -> list[str]:
    """What a tab that was just opened does not know of its place."""
    opened = {
        frame["type"]: frame["open"] for frame in tab.page.heard if frame["type"] in ("hello", "snapshot")
    }
    return [
        f"the {name} of a fresh tab says {said}"
        for name in ("hello", "snapshot")
        if not (said := opened[name]) or said["place"] != place or "in line" not in said["sentence"]
    ]


def _saved_at(page: Page, client_id: str) -> str:
    return str(page.messages[page.acknowledged[client_id]]["created_at"])


def _acknowledges(client_id: str, page: Page) -> bool:
    return client_id in page.acknowledged


def _stands(place: int, page: Page) -> bool:
    """Whether that is what was told last."""
    told = [frame for frame in page.heard if frame["type"] in ("turn.waiting", "turn.started")]
    return bool(told) and told[-1].get("place") == place


def _ended(page: Page) -> bool:
    return (
        not page.open
        and len(page.path) > 1
        and _reply(page)["state"] in checker.ENDED
        and page.path[-1][1] == "assistant"
    )


def _reply(page: Page) -> Frame:
    return page.messages[page.path[-1][0]]
