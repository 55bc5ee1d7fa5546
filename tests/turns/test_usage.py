"""What a turn took is counted at its end: on the turn, its conversation, and its user's month."""

from __future__ import annotations

from datetime import UTC, date, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from characters.models import Character
from roleplay.conversations.models import Conversation, Usage
from roleplay.providers.prices import read
from roleplay.turns import impersonation, service
from roleplay.turns.claims import Claim
from roleplay.turns.endings import Ending, end
from tests.cast import make_conversation
from tests.turns.steps import NOW, claim_due, claimed, finish, say, turn_of

SPENT: dict[str, Any] = {"usage": {"prompt": 400, "completion": 30, "cached": 300}, "model": "kimi-k2.6"}
PRICED = {**SPENT, "price": read("1 0.5 10 USD")}
COST = 100 + 150 + 300
NOVEMBER = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)


def counted(of: Any) -> tuple[int, int, int, int]:
    of.refresh_from_db()
    return of.told, of.cached, of.said, of.cost


def months(user: User) -> list[tuple[date, int]]:
    return list(Usage.objects.filter(user=user).values_list("month", "turns"))


@pytest.mark.parametrize(
    "ending",
    [
        {"text": "All.", "reason": "stop"},
        {"text": "Al", "error": "silence"},
        {"gained": False, "error": "content_filter"},
    ],
    ids=["finished", "interrupted", "refused"],
)
def test_whatever_a_reply_came_to_it_is_counted(ada: User, conversation: Conversation, ending: Any):
    claim = claimed(ada, conversation)

    finish(claim, **ending, **PRICED)

    turn = turn_of(claim)
    assert (turn.model, turn.cost) == ("kimi-k2.6", COST)
    assert counted(conversation) == counted(Usage.objects.get()) == (400, 300, 30, COST)
    assert months(ada) == [(NOW.date().replace(day=1), 1)]


def test_so_is_a_line_that_was_drafted(ada: User, conversation: Conversation):
    impersonation.begin(ada, conversation.pk, client_id="draft-it-1")
    (claim,) = claim_due(NOW)

    finish(claim, text="Tell me more.", reason="stop", **PRICED)

    assert turn_of(claim).cost == COST
    assert counted(conversation) == counted(Usage.objects.get()) == (400, 300, 30, COST)


def test_a_name_that_has_no_room_holds_no_reply_up(ada: User, conversation: Conversation):
    claim = claimed(ada, conversation)

    finish(claim, text="All.", reason="stop", **SPENT | {"model": "a/" * 100})

    assert turn_of(claim).model == "a/" * 50


def test_what_was_said_meanwhile_does_not_undo_the_count(ada: User, conversation: Conversation):
    claim = claimed(ada, conversation)
    say(ada, conversation, "And?")

    finish(claim, text="All.", reason="stop", **PRICED)
    (next,) = claim_due(NOW)
    finish(next, text="More.", reason="stop", **PRICED)

    assert counted(conversation) == counted(Usage.objects.get()) == (800, 600, 60, 2 * COST)


def test_without_a_price_tokens_alone_are_counted(ada: User, conversation: Conversation):
    claim = claimed(ada, conversation)

    finish(claim, text="All.", reason="stop", **SPENT)

    assert turn_of(claim).cost is None
    assert counted(conversation) == counted(Usage.objects.get()) == (400, 300, 30, 0)


def test_what_the_provider_did_not_count_is_not_counted(ada: User, conversation: Conversation):
    claim = claimed(ada, conversation)

    finish(claim, text="All.", reason="stop", model="kimi-k2.6", price=read("1 1 1 USD"))

    assert turn_of(claim).cost is None
    assert counted(conversation) == (0, 0, 0, 0)
    assert months(ada) == []


def test_who_stops_a_reply_does_not_know_what_it_took(ada: User, conversation: Conversation):
    claim = claimed(ada, conversation)

    service.stop(ada, conversation.pk)

    assert end(claim, Ending(text="Late.", reason="stop", **PRICED), NOW) is None
    assert counted(conversation) == (0, 0, 0, 0)


def test_a_month_is_one_of_utc_and_has_a_row_of_its_own(ada: User, conversation: Conversation):
    for now in (NOVEMBER, DECEMBER, DECEMBER):
        end(claimed(ada, conversation), Ending(text="All.", reason="stop", **PRICED), now)

    assert months(ada) == [(date(2026, 12, 1), 2), (date(2026, 11, 1), 1)]


def test_each_user_has_his_own(ada: User, ben: User, mira: Character):
    for user in (ada, ben):
        finish(claimed(user, make_conversation(user, mira)), text="All.", reason="stop", **PRICED)

    assert [turns for user in (ada, ben) for _, turns in months(user)] == [1, 1]


def test_the_turn_of_a_deleted_user_counts_for_the_conversation(
    ada: User, ben: User, conversation: Conversation
):
    conversation.participants.create(user=ben)
    claim = claimed(ben, conversation)
    ben.delete()

    finish(claim, text="All.", reason="stop", **PRICED)

    assert counted(conversation) == (400, 300, 30, COST)
    assert not Usage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_replies_that_end_at_once_are_all_counted(ada: User, mira: Character):
    claims = [claimed(ada, make_conversation(ada, mira)) for _ in range(4)]
    together = Barrier(len(claims))

    def end_it(claim: Claim) -> None:
        try:
            together.wait(10)
            finish(claim, text="All.", reason="stop", **PRICED)
        finally:
            connection.close()

    threads = [Thread(target=end_it, args=[claim]) for claim in claims]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [turns for _, turns in months(ada)] == [4]
    assert counted(Usage.objects.get()) == (1600, 1200, 120, 4 * COST)
