"""A stop ends a reply at once, whether it waits, is written, or was left by an owner that died."""

from __future__ import annotations

import pytest

from roleplay.conversations.models import Conversation, MessageState, Turn
from roleplay.turns import service
from roleplay.turns.claims import release
from roleplay.turns.done import Done
from roleplay.turns.endings import Ending, end
from roleplay.turns.progress import Progress, save
from tests.turns.steps import LATER, NOW, answered, claim_due, claimed, path, say


@pytest.mark.parametrize("given_back", [False, True], ids=["never claimed", "given back with its text"])
def test_a_stop_ends_a_reply_that_waits(ada, conversation, given_back):
    say(ada, conversation)
    if given_back:
        (claim,) = claim_due(NOW)
        Turn.objects.update(text="So far")
        release(claim, wake_at=LATER, failed=True)

    done = service.stop(ada, conversation.pk)

    (frame,) = done.all
    assert (frame["type"], frame["reason"]) == ("reply.finished", "stopped")
    assert path(conversation)[-1] == ("assistant", "So far" if given_back else "", MessageState.STOPPED)
    assert claim_due(LATER, orphans=True) == []


def test_a_stop_ends_a_reply_that_is_written_with_what_is_saved_of_it(ada, conversation):
    claim = claimed(ada, conversation)
    save([Progress(claim.turn, claim.generation, "So far", "")], NOW)

    done = service.stop(ada, conversation.pk)

    assert [(frame["type"], frame["message"]["text"]) for frame in done.all] == [("reply.finished", "So far")]
    assert done.wake


def test_after_a_stop_its_owner_writes_nothing(ada, conversation):
    claim = claimed(ada, conversation)
    service.stop(ada, conversation.pk)

    assert save([Progress(claim.turn, claim.generation, "And more", "")], NOW) == set()
    assert end(claim, Ending(text="And more", reason="stop"), NOW) is None
    assert not release(claim, wake_at=None, failed=True)

    assert path(conversation)[-1] == ("assistant", "", MessageState.STOPPED)


def test_a_stop_answers_what_was_said_meanwhile(ada, conversation):
    say(ada, conversation, "One?")
    say(ada, conversation, "Two?")

    assert service.stop(ada, conversation.pk).wake
    assert [state for _, _, state in path(conversation)][-3:] == ["stopped", "finished", "pending"]


def test_a_stop_of_nothing_changes_nothing(ada, conversation):
    answered(ada, conversation)
    before = path(conversation)

    assert service.stop(ada, conversation.pk) == Done()
    assert path(conversation) == before


def test_ben_stops_nothing_in_adas_conversation(ada, ben, conversation):
    claimed(ada, conversation)

    with pytest.raises(Conversation.DoesNotExist):
        service.stop(ben, conversation.pk)

    assert Turn.objects.get().ended_at is None
