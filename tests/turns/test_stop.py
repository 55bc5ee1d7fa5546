"""A stop ends a reply that nobody writes, and is a flag for whoever writes it."""

from __future__ import annotations

import pytest

from roleplay.conversations.models import Conversation, MessageState, Turn
from roleplay.turns import service
from roleplay.turns.claims import claim_due, release
from tests.turns.steps import LATER, NOW, answered, claimed, path, say


@pytest.mark.parametrize("given_back", [False, True], ids=["never claimed", "given back with its text"])
def test_a_stop_ends_a_reply_that_nobody_writes(ada, conversation, given_back):
    say(ada, conversation)
    if given_back:
        (claim,) = claim_due(NOW)
        Turn.objects.update(text="So far")
        release(claim, wake_at=LATER, failed=True)

    done = service.stop(ada, conversation.pk)

    (frame,) = done.all
    assert (frame["type"], frame["reason"], done.wake) == ("reply.finished", "stopped", False)
    assert path(conversation)[-1] == ("assistant", "So far" if given_back else "", MessageState.STOPPED)
    assert claim_due(LATER, orphans=True) == []


def test_a_stop_is_a_flag_for_whoever_writes_the_reply(ada, conversation):
    claim = claimed(ada, conversation)

    done = service.stop(ada, conversation.pk)

    assert (done.own, done.all, done.wake) == (None, (), True)
    turn = Turn.objects.get()
    assert (turn.stop_requested, turn.state, turn.generation) == (True, "running", claim.generation)


def test_a_stop_answers_what_was_said_meanwhile(ada, conversation):
    say(ada, conversation, "One?")
    say(ada, conversation, "Two?")

    assert service.stop(ada, conversation.pk).wake
    assert [state for _, _, state in path(conversation)][-3:] == ["stopped", "finished", "pending"]


def test_a_stop_of_nothing_changes_nothing(ada, conversation):
    answered(ada, conversation)
    before = path(conversation)

    assert service.stop(ada, conversation.pk) == service.Done()
    assert path(conversation) == before


def test_ben_stops_nothing_in_adas_conversation(ada, ben, conversation):
    claimed(ada, conversation)

    with pytest.raises(Conversation.DoesNotExist):
        service.stop(ben, conversation.pk)

    assert not Turn.objects.get().stop_requested
