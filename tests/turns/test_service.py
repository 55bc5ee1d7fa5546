"""What a user may do to a conversation: it works, it is refused to Ben, and odd input is refused to all."""

from __future__ import annotations

from uuid import uuid4

import pytest

from roleplay.conversations.models import Conversation, Message, MessageState, Participant, Turn
from roleplay.turns import service
from roleplay.turns.claims import claim_due, release
from tests.cast import GREETING, make_character, make_conversation
from tests.turns.steps import LATER, NOW, answered, claimed, finish, path, say

FAILED = {"gained": False, "error": "silence"}


def retry(user, conversation, message, client_id="retry-it"):
    return service.retry(user, conversation.pk, client_id=client_id, message_id=message.pk)


def test_a_conversation_begins_with_the_first_greeting_and_offers_the_others(ada):
    tobias = make_character(slug="tobias", greetings=["Sit, {{user}}.", "{{char}} waits."])

    conversation = service.start_conversation(ada, tobias)

    assert path(conversation) == [("assistant", "Sit, ada.", "finished")]
    greetings = conversation.messages.order_by("created_at")
    assert [(m.text, m.depth, m.reply_number, m.revision) for m in greetings] == [
        ("Sit, ada.", 0, 0, 1), ("Mira waits.", 0, 0, 1),
    ]  # fmt: skip


def test_a_conversation_may_begin_without_a_greeting(ada):
    conversation = service.start_conversation(ada, make_character(slug="silent", greetings=[]))

    reply = answered(ada, conversation, "Is anybody here?")

    assert [text for _, text, _ in path(conversation)] == ["Is anybody here?", "A reply."]
    assert (reply.depth, reply.reply_number) == (1, 1)


def test_what_is_sent_is_kept_and_begins_a_reply(ada, conversation):
    done = say(ada, conversation, "  Where?\n", "client-1")

    assert path(conversation) == [
        ("assistant", GREETING, "finished"), ("user", "  Where?\n", "finished"), ("assistant", "", "pending"),
    ]  # fmt: skip
    assert done.wake
    assert done.own is not None and done.own["client_id"] == "client-1"
    assert [frame["message"]["text"] for frame in (*done.others, *done.all)] == ["  Where?\n", ""]
    assert all("client_id" not in frame for frame in (*done.others, *done.all))
    assert {frame["revision"] for frame in (done.own, *done.others, *done.all)} == {2}


def test_ben_can_do_nothing_in_adas_conversation(ada, ben, conversation):
    failed = answered(ada, conversation, **FAILED)
    before = path(conversation)

    for attempt in (
        lambda: say(ben, conversation),
        lambda: retry(ben, conversation, failed),
        lambda: service.stop(ben, conversation.pk),
        lambda: service.send(ada, uuid4(), client_id="nowhere-1", text="Hello?"),
    ):
        with pytest.raises(Conversation.DoesNotExist):
            attempt()

    assert path(conversation) == before


def test_a_client_id_is_one_message_for_its_author(ada, conversation):
    first, again = (say(ada, conversation, text, "the-same-id") for text in ("Once.", "Twice."))

    assert again.own is not None and first.own is not None
    assert again.own["message"]["id"] == first.own["message"]["id"]
    assert again.own["message"]["text"] == "Once."
    assert (again.others, again.all, again.wake) == ((), (), False)
    assert Turn.objects.count() == 1


def test_a_client_id_of_another_author_or_conversation_is_another_message(ada, ben, conversation, mira):
    elsewhere = make_conversation(ada, mira)
    Participant.objects.create(conversation=conversation, user=ben)

    say(ada, conversation, "Mine.", "the-same-id")
    say(ben, conversation, "Ben's.", "the-same-id")
    say(ada, elsewhere, "Elsewhere.", "the-same-id")

    assert set(Message.objects.filter(client_id="the-same-id").values_list("text", "name")) == {
        ("Mine.", "ada"), ("Ben's.", "ben"), ("Elsewhere.", "ada"),
    }  # fmt: skip


def test_several_messages_get_one_reply(ada, conversation):
    claim = claimed(ada, conversation, "One?")

    done = [say(ada, conversation, text) for text in ("Two?", "Three?")]

    assert [(later.all, later.wake) for later in done] == [((), False)] * 2
    finish(claim, text="A reply.", reason="stop")
    assert [text for _, text, _ in path(conversation)][1:] == ["One?", "A reply.", "Two?", "Three?", ""]
    assert Turn.objects.open().count() == 1


@pytest.mark.parametrize("ending", [FAILED, {"text": "Half", "error": "silence"}, {"text": "Half", "reason": "stopped"}])
def test_a_reply_that_broke_off_can_be_asked_for_anew(ada, conversation, ending):  # fmt: skip
    failed = answered(ada, conversation, **ending)

    done = retry(ada, conversation, failed)
    again = retry(ada, conversation, failed)

    assert done.wake and done.own is not None and again.own is not None
    new = done.own["message"]
    assert new["parent"] == str(failed.parent_id)
    assert new["alternatives"] == {"index": 1, "ids": [str(failed.pk), new["id"]]}
    assert (done.own["client_id"], done.own["head"]) == ("retry-it", new["id"])
    assert again.own["message"]["id"] == new["id"]
    assert Message.objects.get(pk=new["id"]).reply_number == failed.reply_number
    assert [claim.kind for claim in claim_due(NOW)] == ["retry"]


def test_nothing_else_can_be_asked_for_anew(ada, conversation, mira):
    whole = answered(ada, conversation, "One?")
    old = answered(ada, conversation, "Two?", **FAILED)
    head = answered(ada, conversation, "Three?", gained=False, error="content_filter")
    elsewhere = answered(ada, make_conversation(ada, mira), **FAILED)

    for message in (whole, old, head, head.parent, elsewhere, Message(pk=uuid4())):
        with pytest.raises(service.CommandRefused) as refused:
            retry(ada, conversation, message)
        assert refused.value.code == "cannot_retry"

    assert not Turn.objects.open().exists()


def test_a_retry_while_a_reply_is_open_is_refused_as_busy(ada, conversation):
    failed = answered(ada, conversation, **FAILED)
    say(ada, conversation)

    with pytest.raises(service.CommandRefused, match="busy"):
        retry(ada, conversation, failed)


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
