"""A conversation begins, and what is sent to it is kept once and gets one reply."""

from __future__ import annotations

from uuid import uuid4

import pytest

from roleplay.conversations.models import Conversation, Message, Participant, Turn
from roleplay.turns import service
from tests.cast import GREETING, make_character, make_conversation
from tests.turns.steps import answered, claimed, finish, path, say


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
    assert [frame["revision"] for frame in (done.own, *done.others, *done.all)] == [2, 2, 3]


def test_ben_says_nothing_in_adas_conversation(ada, ben, conversation):
    with pytest.raises(Conversation.DoesNotExist):
        say(ben, conversation)

    assert path(conversation) == [("assistant", GREETING, "finished")]
    assert not Turn.objects.exists()


def test_nothing_is_said_where_there_is_no_conversation(ada):
    with pytest.raises(Conversation.DoesNotExist):
        service.send(ada, uuid4(), client_id="nowhere-1", text="Hello?")


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
