"""How a turn ends: what is kept, what browsers are told, and who is answered next."""

from __future__ import annotations

import pytest

from roleplay.conversations.models import Message, MessageState, Turn, TurnState
from roleplay.turns.claims import release
from roleplay.turns.endings import Ending, end
from tests.turns.steps import LATER, NOW, answered, claim_due, claimed, finish, path, reply_of, say, turn_of

FINISHED, STOPPED, INTERRUPTED = MessageState.FINISHED, MessageState.STOPPED, MessageState.INTERRUPTED
FAILED, REFUSED = MessageState.FAILED, MessageState.REFUSED
USAGE = {"prompt": 9, "completion": 2, "cached": 4}


@pytest.mark.parametrize(
    ("ending", "message", "turn", "told"),
    [
        ({"text": "All.", "reason": "stop"}, FINISHED, TurnState.FINISHED, "reply.finished"),
        ({"text": "All", "reason": "length"}, FINISHED, TurnState.FINISHED, "reply.finished"),
        ({"text": "Al", "reason": "stopped"}, STOPPED, TurnState.STOPPED, "reply.finished"),
        ({"text": "", "reason": "stopped"}, STOPPED, TurnState.STOPPED, "reply.finished"),
        ({"text": "Al", "error": "silence"}, INTERRUPTED, TurnState.INTERRUPTED, "turn.failed"),
        ({"text": "Al", "error": "content_filter"}, INTERRUPTED, TurnState.INTERRUPTED, "turn.failed"),
        ({"text": "", "gained": False, "error": "silence"}, FAILED, TurnState.FAILED, "turn.failed"),
        ({"text": "", "gained": False, "error": "content_filter"}, REFUSED, TurnState.FAILED, "turn.failed"),
    ],
)
def test_an_ending_becomes_the_state_of_message_and_turn(ada, conversation, ending, message, turn, told):
    claim = claimed(ada, conversation)

    ended = finish(claim, **ending, reasoning="Hm.", window_start=20, usage=USAGE)

    reply, row = reply_of(claim), turn_of(claim)
    assert (reply.text, reply.state, reply.error) == (ending["text"], message, ending.get("error", ""))
    assert (reply.window_start, reply.generation) == (20, 1)
    assert (row.text, row.state, row.reasoning, row.usage) == (ending["text"], turn, "Hm.", USAGE)
    assert row.ended_at == NOW
    assert ended[0]["type"] == told
    assert ended[0]["message"]["text"] == ending["text"]


def test_where_the_view_begins_is_inherited_and_never_goes_back(ada, conversation):
    finish(claimed(ada, conversation), text="All.", reason="stop", window_start=20)

    broken = claimed(ada, conversation, "Still?")
    finish(broken, text="", gained=False, error="silence")

    conversation.refresh_from_db()
    assert [said.window_start for said in Message.objects.path_to(conversation.head_id, 4)] == [0, 20, 20, 20]


def test_an_ending_raises_the_revision_and_bears_it(ada, conversation):
    claim = claimed(ada, conversation)

    ended = finish(claim, text="All.", reason="stop")

    conversation.refresh_from_db()
    assert conversation.revision == 4  # the greeting, what was said, the reply's beginning, and its end
    assert reply_of(claim).revision == ended[0]["revision"] == 4


def test_the_end_of_a_reply_and_the_next_beginning_have_revisions_of_their_own(ada, conversation):
    claim = claimed(ada, conversation)
    say(ada, conversation, "And?")

    ended = finish(claim, text="All.", reason="stop")

    assert [(frame["type"], frame["revision"]) for frame in ended] == [
        ("reply.finished", 5), ("message.saved", 6),
    ]  # fmt: skip


def test_an_old_owner_ends_nothing(ada, conversation):
    old = claimed(ada, conversation)
    (new,) = claim_due(LATER)

    assert end(old, Ending(text="Old.", reason="stop"), NOW) is None

    turn, message = turn_of(new), reply_of(new)
    assert (turn.state, turn.text, message.state, message.text) == ("running", "", "streaming", "")
    assert end(new, Ending(text="New.", reason="stop"), NOW) is not None
    assert end(new, Ending(text="Twice.", reason="stop"), NOW) is None


def test_a_turn_that_was_given_back_is_not_ended(ada, conversation):
    claim = claimed(ada, conversation)
    release(claim, wake_at=LATER, failed=True)

    assert end(claim, Ending(text="Late.", reason="stop"), NOW) is None


@pytest.mark.parametrize(
    "ending", [{"text": "All.", "reason": "stop"}, {"gained": False, "error": "silence"}]
)
def test_what_was_said_meanwhile_gets_one_reply(ada, conversation, ending):  # fmt: skip
    claim = claimed(ada, conversation, "One?")
    say(ada, conversation, "Two?")
    say(ada, conversation, "Three?")

    ended = finish(claim, **ending)

    assert [(role, text) for role, text, _ in path(conversation)][-3:] == [
        ("user", "Two?"), ("user", "Three?"), ("assistant", ""),
    ]  # fmt: skip
    assert [frame["type"] for frame in ended][1:] == ["message.saved"]
    assert [claim.message for claim in claim_due(NOW)] == [conversation.head_id]


def test_a_refusal_leaves_out_all_that_was_said_since_the_last_reply(ada, conversation):
    answered(ada, conversation, "Fair.")
    answered(ada, conversation, "Stopped at once.", text="", reason="stopped")
    claim = claimed(ada, conversation, "Foul.")
    say(ada, conversation, "Fair again.")

    ended = finish(claim, gained=False, error="content_filter")

    assert [(text, state) for _, text, state in path(conversation)][1:] == [
        ("Fair.", FINISHED), ("A reply.", FINISHED), ("Stopped at once.", FINISHED), ("", STOPPED),
        ("Foul.", REFUSED), ("", REFUSED), ("Fair again.", FINISHED), ("", MessageState.PENDING),
    ]  # fmt: skip
    assert ended[0]["actions"] == []
    told = [frame["message"] for frame in ended[1:]]
    assert [(message["text"], message["state"]) for message in told] == [("Foul.", REFUSED), ("", "pending")]
    assert told[0]["error"]["code"] == "content_filter"


def test_a_failed_reply_can_be_asked_for_anew(ada, conversation):
    ended = finish(claimed(ada, conversation), gained=False, error="silence")

    assert ended[0]["actions"] == ["retry"]


def test_no_retry_is_offered_of_a_reply_that_the_talk_went_past(ada, conversation):
    claim = claimed(ada, conversation, "One?")
    say(ada, conversation, "Two?")

    ended = finish(claim, gained=False, error="silence")

    assert ended[0]["actions"] == []
    assert Turn.objects.open().count() == 1
