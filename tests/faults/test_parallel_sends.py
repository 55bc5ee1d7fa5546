"""The same message said many times at once, and different ones at once: each is kept once, and one order holds for all."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from characters.models import Character
from roleplay.conversations.models import Conversation, Message, Role
from roleplay.turns import service
from roleplay.turns.done import Done
from roleplay.web.limits import FRAMES
from tests import rows
from tests.cast import make_conversation, make_user
from tests.endpoint import Endpoint
from tests.faults.conftest import Figures
from tests.faults.watching import each, judged, quiet, seated
from tests.oracle import Oracle
from tests.populate import populated
from tests.reader import Reader
from tests.server import Server

AT_ONCE = 20
TABS = 5  # the sockets that a user may have
BOTH = 2


def rounds(full: bool) -> int:
    return 50 if full else 3


@pytest.mark.django_db(transaction=True)
def test_a_message_said_many_times_at_once_is_kept_once(full: bool, figures: Figures, mira: Character):
    wrong = []
    for number in range(rounds(full)):
        user = make_user(f"reader-{number}")
        conversation = make_conversation(user, mira)
        client_id = str(uuid4())

        done = _at_once(
            *[
                lambda user=user, id=conversation.pk, client_id=client_id: service.send(
                    user, id, client_id=client_id, text="Is anybody there?"
                )
            ]
            * AT_ONCE
        )

        greeting, said, reply = _path(conversation)
        kept = Counter(message.role for message in Message.objects.filter(conversation=conversation))
        if kept != {Role.USER: 1, Role.ASSISTANT: 2}:
            wrong.append(f"round {number}: kept are {kept}")
        if {_acknowledged(each) for each in done} != {(client_id, str(said.pk))}:
            wrong.append(f"round {number}: it was acknowledged as {[_acknowledged(each) for each in done]}")
        if [each.wake for each in done].count(True) != 1:
            wrong.append(f"round {number}: {[each.wake for each in done]} began a reply")
        if [turn.message_id for turn in conversation.turns.all()] != [reply.pk]:
            wrong.append(f"round {number}: the turns are {conversation.turns.all()}")

    figures(rounds=rounds(full), at_once=AT_ONCE)
    assert wrong == [], "\n".join(wrong)


@pytest.mark.django_db(transaction=True)
def test_different_messages_at_once_stand_in_one_line(full: bool, figures: Figures, mira: Character):
    wrong = []
    for number in range(rounds(full)):
        user = make_user(f"reader-{number}")
        conversation = make_conversation(user, mira)
        texts = [f"This is {place} of {TABS}." for place in range(TABS)]

        _at_once(
            *[
                lambda user=user, id=conversation.pk, text=text: service.send(
                    user, id, client_id=str(uuid4()), text=text
                )
                for text in texts
            ]
        )

        path = _path(conversation)
        said = [message for message in path if message.role == Role.USER]
        if len(path) != conversation.messages.count():
            wrong.append(f"round {number}: {conversation.messages.count()} are kept, {len(path)} in the line")
        if sorted(message.text for message in said) != sorted(texts):
            wrong.append(f"round {number}: in the line stand {[message.text for message in said]}")
        if [message.revision for message in path[1:]] != list(range(2, len(path) + 1)):
            wrong.append(f"round {number}: the revisions are {[message.revision for message in path]}")
        if [turn.message_id for turn in conversation.turns.all()] != [message.pk for message in path[2:3]]:
            wrong.append(f"round {number}: the first is not the one that is replied to")

    figures(rounds=rounds(full), at_once=TABS)
    assert wrong == [], "\n".join(wrong)


async def test_a_message_said_on_all_sockets_at_once_is_kept_once(
    full: bool, figures: Figures, standin: Endpoint, server: Server, stack: ExitStack
):
    oracle = standin.script = Oracle(words=8)
    [chat] = populated(server, stack, users=1, chats=1)
    async with AsyncExitStack() as tabs:
        readers = await seated(tabs, [chat] * TABS)
        for number in range(rounds(full)):
            client_id, text = str(uuid4()), f"Round {number}."

            async def insist(reader: Reader, client_id: str = client_id, text: str = text) -> None:
                reader.sent[client_id] = text  # said again where the line broke
                for _ in range(AT_ONCE // TABS):
                    await reader.say("message.send", client_id=client_id, text=text)

            await each(readers, insist)
            await asyncio.gather(*(_shows(reader, number + 1) for reader in readers))
            await asyncio.sleep(2 * AT_ONCE / TABS / FRAMES + 0.2)  # a socket takes so many frames a second
        wrong = await judged(server, readers, oracle)

    figures(rounds=rounds(full), at_once=AT_ONCE, sockets=TABS)
    assert wrong == [], "\n".join(wrong)
    assert len(oracle.asked) == rounds(full)
    assert _after_the_greeting(await quiet(server)) == {"user": rounds(full), "assistant": rounds(full)}


async def test_two_tabs_that_write_at_once_agree(
    full: bool, figures: Figures, standin: Endpoint, server: Server, stack: ExitStack
):
    oracle = standin.script = Oracle(words=8, pace=0.01)
    [chat] = populated(server, stack, users=1, chats=1)
    async with AsyncExitStack() as tabs:
        readers = await seated(tabs, [chat] * BOTH)
        for number in range(rounds(full)):
            await asyncio.gather(
                *(reader.send(f"Round {number}, tab {tab}.") for tab, reader in enumerate(readers))
            )
            await asyncio.gather(*(_shows(reader, BOTH * (number + 1)) for reader in readers))
        wrong = await judged(server, readers, oracle)

    figures(rounds=rounds(full), at_once=BOTH)
    assert wrong == [], "\n".join(wrong)
    # The first of the two begins a reply. The other is kept meanwhile, and gets the next.
    kept = _after_the_greeting(await quiet(server))
    assert kept == {"user": BOTH * rounds(full), "assistant": BOTH * rounds(full)}
    assert readers[0].page.path == readers[1].page.path
    assert [role for _, role, _ in readers[0].page.path[1:5]] == ["user", "assistant"] * 2


def _at_once(*acts: Callable[[], Done]) -> list[Done]:
    """What came of them. Each has a thread and a connection of its own."""
    together = Barrier(len(acts))

    def run(act: Callable[[], Done]) -> Done:
        try:
            together.wait()
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def _path(conversation: Conversation) -> list[Message]:
    """The messages up to the head, oldest first."""
    conversation.refresh_from_db()
    path, at = [], conversation.head
    while at:
        path.append(at)
        at = at.parent
    return path[::-1]


def _acknowledged(done: Done) -> tuple[str, str]:
    assert done.own
    return str(done.own["client_id"]), done.own["message"]["id"]


async def _shows(reader: Reader, said: int) -> None:
    """Waits until the page shows so many messages of the user, and the reply to the newest."""
    await reader.until(
        lambda page: (
            page.path
            and [role for _, role, _ in page.path].count("user") == said
            and page.path[-1][1] == "assistant"
            and not page.open
            and page.messages[page.path[-1][0]]["state"] == "finished"
        )
    )


def _after_the_greeting(found: rows.Rows) -> Counter[str]:
    """How many of each role."""
    return Counter(message.role for message in found.messages.values() if message.parent)
