"""Who writes a turn: claimed once, taken over when its owner is gone, given back to wait."""

from __future__ import annotations

from datetime import timedelta

import pytest

from roleplay.conversations.models import MessageState, Turn, TurnState
from roleplay.turns.claims import LEASE, _claimed, release
from tests.cast import make_conversation
from tests.turns.steps import LATER, NOW, claim_due, claimed, finish, reply_of, say, turn_of

SOON = NOW + timedelta(seconds=1)
A_MOMENT = timedelta(microseconds=1)


def test_a_waiting_turn_is_claimed_once(ada, conversation):
    say(ada, conversation)

    claims = claim_due(NOW)

    assert [claim.generation for claim in claims] == [1]
    assert claim_due(NOW) == []
    turn = turn_of(claims[0])
    assert (turn.state, turn.generation, turn.tries) == (TurnState.RUNNING, 1, 0)
    message = reply_of(claims[0])
    assert (message.state, message.generation) == (MessageState.STREAMING, 1)


def test_turns_are_claimed_in_the_order_in_which_they_began(ada, mira):
    conversations = [make_conversation(ada, mira) for _ in range(3)]
    for conversation in reversed(conversations):
        say(ada, conversation)

    claims = claim_due(NOW)

    assert [claim.conversation for claim in claims] == [c.pk for c in reversed(conversations)]


def test_a_turn_is_its_owners_until_the_lease_has_run_out(ada, conversation):
    first = claimed(ada, conversation)
    Turn.objects.update(text="So far", reasoning="Hm.")

    assert claim_due(NOW + LEASE) == []
    (second,) = claim_due(NOW + LEASE + A_MOMENT)

    assert (second.turn, second.generation, second.tries) == (first.turn, 2, 0)
    assert (second.text, second.reasoning) == ("So far", "Hm.")
    assert reply_of(second).generation == 2


def test_an_orphan_is_claimed_at_once_whatever_the_clock_says(ada, conversation):
    first = claimed(ada, conversation)

    (second,) = claim_due(NOW, orphans=True)

    assert (second.turn, second.generation, second.tries) == (first.turn, 2, 1)


def test_an_ended_turn_is_no_orphan(ada, conversation):
    finish(claimed(ada, conversation), text="Done.", reason="stop")

    assert claim_due(LATER, orphans=True) == []


@pytest.mark.parametrize(("failed", "tries"), [(True, 1), (False, 0)])
def test_a_turn_that_is_given_back_waits_until_it_wakes(ada, conversation, failed, tries):
    claim = claimed(ada, conversation)

    assert release(claim, wake_at=LATER, failed=failed)

    assert turn_of(claim).lease_expires_at is None
    assert claim_due(LATER - A_MOMENT) == []
    (again,) = claim_due(LATER)
    assert (again.generation, again.tries) == (2, tries)
    assert turn_of(again).wake_at is None


def test_a_turn_that_is_given_back_without_a_time_is_claimed_at_once(ada, conversation):
    release(claimed(ada, conversation), wake_at=None, failed=False)

    assert len(claim_due(NOW)) == 1


def test_an_old_owner_gives_nothing_back(ada, conversation):
    old = claimed(ada, conversation)
    (new,) = claim_due(LATER)

    assert not release(old, wake_at=None, failed=True)

    turn = turn_of(new)
    assert (turn.state, turn.generation, turn.tries) == (TurnState.RUNNING, 2, 1)
    assert release(new, wake_at=None, failed=False)


def test_a_try_that_died_without_more_text_counts_and_one_that_gained_does_not(ada, conversation):
    claimed(ada, conversation)
    Turn.objects.update(text="Half")

    tries = [claim.tries for _ in range(3) for claim in claim_due(NOW, orphans=True)]

    assert tries == [0, 1, 2]


def test_what_an_owner_spent_is_kept(ada, conversation):
    claim = claimed(ada, conversation)

    release(claim, wake_at=None, failed=False, spent=1.5)

    assert [again.spent for again in claim_due(NOW)] == [1.5]


def test_a_lease_that_was_renewed_meanwhile_is_left_alone(ada, conversation):
    claim = claimed(ada, conversation)
    late = NOW + LEASE + A_MOMENT
    Turn.objects.update(lease_expires_at=late)

    assert list(_claimed([claim.turn], late, LATER)) == []
    assert turn_of(claim).generation == claim.generation


def test_what_this_process_writes_is_not_claimed_whatever_its_lease_says(ada, conversation):
    claim = claimed(ada, conversation)

    assert claim_due(LATER, but={claim.turn}) == []
