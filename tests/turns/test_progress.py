"""The ledger's two statements: fenced by generation, and one for however many replies."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from roleplay.conversations.models import Turn
from roleplay.turns import service
from roleplay.turns.claims import LEASE, release
from roleplay.turns.progress import Progress, renew, save
from tests.cast import make_conversation, make_user
from tests.turns.steps import LATER, NOW, claim_due, claimed, finish, say, turn_of

TEXT = "“100 %s”, she said; it's \\ 'so'. 河流 \N{GRINNING FACE}\n--"
SOON = NOW + timedelta(seconds=3)


@pytest.fixture
def claim(ada, conversation):
    return claimed(ada, conversation)


def made(claim, text=TEXT, **changes):
    return Progress(claim.turn, claim.generation, text, "Hm.")._replace(**changes)


def test_a_save_keeps_text_and_reasoning_as_they_are_and_renews_the_lease(claim):
    assert save([made(claim)], SOON) == {claim.turn}

    turn = turn_of(claim)
    assert (turn.text, turn.reasoning, turn.lease_expires_at) == (TEXT, "Hm.", SOON + LEASE)


def test_a_lease_saves_its_owner_from_being_taken_for_dead(claim):
    save([made(claim)], SOON)

    assert claim_due(SOON + LEASE) == []
    assert len(claim_due(SOON + LEASE + timedelta(microseconds=1))) == 1


def test_an_old_generation_changes_nothing(claim):
    (new,) = claim_due(LATER)
    save([made(new, "New.")], LATER)

    assert save([made(claim, "Old.")], SOON) == set()
    assert renew([(claim.turn, claim.generation)], SOON) == set()

    turn = turn_of(new)
    assert (turn.text, turn.lease_expires_at, turn.generation) == ("New.", LATER + LEASE, 2)


def test_what_is_no_longer_running_is_not_written(claim):
    release(claim, wake_at=LATER, failed=True)

    assert save([made(claim)], SOON) == set()
    assert renew([(claim.turn, claim.generation)], SOON) == set()

    assert turn_of(claim).text == ""


def test_an_ended_turn_keeps_its_text(claim):
    finish(claim, text="The whole.", reason="stop")

    assert save([made(claim, "A part.")], SOON) == set()

    assert turn_of(claim).text == "The whole."


def test_many_replies_are_saved_in_one_statement_each_with_its_own_text(mira, django_assert_num_queries):
    for number in range(12):
        user = make_user(f"user-{number}")
        say(user, make_conversation(user, mira))
    claims = claim_due(NOW)
    lost = claims[0]
    Turn.objects.filter(pk=lost.turn).update(generation=5)
    unknown = Progress(uuid4(), 1, "Nobody's.", "")

    with django_assert_num_queries(1):
        saved = save([*(made(claim, f"Text of {claim.turn}") for claim in claims), unknown], SOON)
    with django_assert_num_queries(1):
        held = renew([(claim.turn, claim.generation) for claim in claims], SOON)

    assert len(claims) == 12
    assert saved == set(held) == {claim.turn for claim in claims[1:]}
    assert {str(turn.pk): turn.text for turn in Turn.objects.all()} == {
        str(claim.turn): "" if claim is lost else f"Text of {claim.turn}" for claim in claims
    }


def test_a_renewal_judges_only_what_was_asked(ada, mira, claim):
    say(ada, make_conversation(ada, mira))
    (joined,) = claim_due(SOON)

    assert renew([(claim.turn, claim.generation)], LATER) == {claim.turn}

    assert turn_of(claim).lease_expires_at == LATER + LEASE
    assert turn_of(joined).lease_expires_at == SOON + LEASE


def test_a_turn_that_was_stopped_is_nobodys(ada, conversation, claim):
    save([made(claim)], NOW)
    service.stop(ada, conversation.pk)

    assert renew([(claim.turn, claim.generation)], SOON) == set()
    assert save([made(claim, TEXT + " And more.")], SOON) == set()

    assert turn_of(claim).text == TEXT
