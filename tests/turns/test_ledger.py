"""The ledger against the real database: what is published is committed, and what is not saved is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from channels.db import database_sync_to_async as in_database
from django.db import connection

from roleplay.conversations.models import Turn
from roleplay.turns import claims, service
from roleplay.turns.claims import Claim
from roleplay.turns.draft import Draft
from roleplay.turns.ledger import Interruption, Ledger, Live
from tests.cast import make_conversation
from tests.turns.listening import Listener, failed_saves
from tests.turns.steps import LATER, claimed


@pytest_asyncio.fixture
async def ledger(transactional_db: None) -> AsyncIterator[Ledger]:
    ledger = Ledger()
    ledger.start()
    yield ledger
    await ledger.stop()


@pytest_asyncio.fixture
async def claim(transactional_db: None, ada, conversation) -> Claim:
    claim: Claim = await in_database(claimed)(ada, conversation)
    return claim


@pytest_asyncio.fixture
async def listener(claim: Claim) -> Listener:
    return await Listener().join(claim.conversation)


def write(ledger: Ledger, live: Live, text: str) -> None:
    live.draft.add(text)
    ledger.changed(live)


def live_of(ledger: Ledger, claim: Claim) -> Live:
    live = Live(claim, Draft(claim.text), Draft(claim.reasoning), shown=len(claim.text))
    ledger.join(live)
    return live


@in_database
def saved_text() -> str:
    return Turn.objects.get().text


@in_database
def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


async def test_what_is_published_is_committed_and_its_offsets_count_code_points(ledger, claim, listener):
    live = live_of(ledger, claim)

    write(ledger, live, "河 \N{GRINNING FACE}")
    first, text = await listener.next(), await saved_text()
    write(ledger, live, " flows ")
    second = await listener.next()

    assert (first["offset"], first["text"], first["generation"]) == (0, "河 \N{GRINNING FACE}", 1)
    assert text == "河 \N{GRINNING FACE}"
    assert (second["offset"], second["text"]) == (3, " flows")
    assert await saved_text() == "河 \N{GRINNING FACE} flows"


async def test_a_save_that_fails_keeps_its_drafts_and_publishes_nothing(ledger, claim, listener):
    live = live_of(ledger, claim)
    await execute("ALTER TABLE conversations_turn RENAME TO conversations_turn_away")

    with failed_saves() as failed:
        write(ledger, live, "Not lost")
        await failed.wait()
        quiet = listener.heard_nothing()
    await execute("ALTER TABLE conversations_turn_away RENAME TO conversations_turn")

    assert quiet and not live.interrupted.done()
    assert (await listener.next())["text"] == "Not lost"
    assert await saved_text() == "Not lost"


async def test_a_writer_that_lost_its_turn_publishes_nothing_and_is_told(ledger, claim, listener):
    live = live_of(ledger, claim)
    await in_database(claims.claim_due)(LATER)

    write(ledger, live, "Mine?")

    assert await live.interrupted is Interruption.LOST
    assert listener.heard_nothing()
    assert await saved_text() == ""


async def test_a_stop_reaches_the_writer(ledger, claim, ada):
    live = live_of(ledger, claim)
    await in_database(service.stop)(ada, claim.conversation)

    ledger.look()

    assert await live.interrupted is Interruption.LOST


async def test_after_it_has_left_nothing_of_a_reply_is_published(ledger, claim, listener, ada, mira):
    other = await in_database(lambda: claimed(ada, make_conversation(ada, mira)))()
    left, stays = live_of(ledger, claim), live_of(ledger, other)
    others_listener = await Listener().join(other.conversation)
    write(ledger, left, "Shown")
    await listener.next()

    write(ledger, left, " and not shown")
    await ledger.leave(left)
    write(ledger, stays, "Meanwhile")
    await others_listener.next()

    assert not left.dirty
    assert listener.heard_nothing()


async def test_a_process_that_ends_takes_every_turn_from_its_writer(ledger, claim):
    early = live_of(ledger, claim)

    ledger.leave_all()

    assert await early.interrupted is Interruption.LEAVING
    assert await live_of(ledger, claim).interrupted is Interruption.LEAVING


async def test_a_flush_saves_what_the_draft_has_now(ledger, claim, listener):
    live = live_of(ledger, claim)
    live.draft.add("At the last")
    live.dirty = True

    await ledger.flush(live)

    assert await saved_text() == "At the last"
    assert (await listener.next())["text"] == "At the last"
