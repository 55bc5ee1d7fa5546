"""What the model was told for a reply is kept, and shown to those who may see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from characters.models import Character
from roleplay.conversations.models import Conversation, Message, Turn
from roleplay.turns import changes, prompts
from roleplay.turns.factor import Factor
from roleplay.turns.guard import Cut
from tests.cast import make_conversation, make_user
from tests.turns.steps import claimed, finish, reply_of

SECRET = "She burnt the first map herself."


def told(user: User, conversation: Conversation, said: str = "Hello?") -> Message:
    """A reply whose prompt was made, finished."""
    claim = claimed(user, conversation, said)
    prompts.prepare(claim, Factor("kimi-k2.6"))
    finish(claim, text="A reply.", reason="stop", usage={"prompt": 400, "completion": 30, "cached": 300})
    return reply_of(claim)


def page(client: Client, reply: Message) -> Any:
    return client.get(reverse("why", args=[reply.conversation_id, reply.pk]))


@pytest.fixture
def secret(mira: Character) -> Character:
    mira.background = SECRET
    mira.save()
    return mira


def test_the_blocks_stand_in_their_order_with_what_they_cost(
    client: Client, ada: User, conversation: Conversation
):
    conversation.reinforce_every = 2
    conversation.save()
    told(ada, conversation, "Who goes there?")
    reply = told(ada, conversation, "And now?")
    client.force_login(ada)

    shown = page(client, reply)

    sections = shown.context["sections"]
    assert [(each.reason, [place.words for place in each.places][1:]) for each in sections] == [
        ("head", []),
        ("history", ["Who goes there?", "A reply.", "And now?"]),
        ("reinforcement", []),
    ]
    assert all(each.tokens > 0 for each in sections)
    assert shown.context["tokens"] == sum(each.tokens for each in sections)
    text = shown.content.decode()
    assert "It was due: this is reply 2." in text
    assert "75 percent" in text
    assert "400 told, 30 said" in text


def test_what_was_said_is_shown_as_it_is_by_now(client: Client, ada: User, conversation: Conversation):
    reply = told(ada, conversation, "A slip of the tongue.")
    said = reply.parent
    assert said
    changes.delete(ada, conversation.pk, message_id=said.pk, from_here=False)
    client.force_login(ada)

    assert "A slip of the tongue." not in page(client, reply).content.decode()


def test_a_hidden_definition_is_its_authors(client: Client, ada: User, secret: Character):
    conversation = make_conversation(ada, secret)
    reply = told(ada, conversation)
    client.force_login(ada)

    shown = page(client, reply).content.decode()

    assert SECRET not in shown
    assert "The author keeps this to himself." in shown
    ada.is_staff = ada.is_superuser = True
    ada.save()
    assert SECRET in page(client, reply).content.decode()


def test_an_open_definition_is_shown(client: Client, ada: User, secret: Character):
    secret.open_definition = True
    secret.save()
    reply = told(ada, make_conversation(ada, secret))
    client.force_login(ada)

    assert SECRET in page(client, reply).content.decode()


def test_what_is_not_kept_is_said(client: Client, ada: User, conversation: Conversation):
    replies = [told(ada, conversation) for _ in range(3)]
    Turn.objects.filter(message=replies[0]).update(record=None)
    greeting = conversation.messages.get(depth=0)
    client.force_login(ada)

    assert "is not kept any more" in page(client, replies[0]).content.decode()
    assert "The author wrote this greeting" in page(client, greeting).content.decode()


def test_the_newest_of_a_conversation_are_kept(
    ada: User, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(prompts, "MOST_RECORDS", 3)

    replies = [told(ada, conversation) for _ in range(5)]

    kept = Turn.objects.recorded().values_list("message", flat=True)
    assert list(kept) == [reply.pk for reply in reversed(replies[2:])]


def test_ben_cannot_ask(client: Client, ada: User, conversation: Conversation):
    reply = told(ada, conversation)
    client.force_login(make_user("ben"))

    assert page(client, reply).status_code == 404


def test_a_break_is_explained_to_those_who_may_see_the_checks(client: Client, ada: User, mira: Character):
    mira.never_says = "the lamp"
    mira.save()
    conversation = make_conversation(ada, mira)
    claim = claimed(ada, conversation)
    prompts.prepare(claim, Factor("kimi-k2.6"))
    finish(claim, text="“The lamp is lit.”", reason="stop")
    next = told(ada, conversation)
    client.force_login(ada)

    shown = page(client, reply_of(claim)).content.decode()
    assert "A check of its author failed." in shown
    assert "The reply before this one fell out of character." in page(client, next).content.decode()
    ada.is_staff = ada.is_superuser = True
    ada.save()
    shown = page(client, reply_of(claim)).content.decode()
    assert "It said what it never says: <q>The lamp</q>" in shown


CUT = Cut("never_says", "okay", "She nods: ", "okay then, she said.")


def cut(user: User, conversation: Conversation) -> Message:
    """A reply that was cut once, finished."""
    claim = claimed(user, conversation)
    prompts.keep_cut(claim, CUT, place=9, told=300)
    prompts.prepare(claim, Factor("kimi-k2.6"))
    finish(claim, text="She nods. Yes.", reason="stop")
    return reply_of(claim)


def test_a_cut_is_explained(client: Client, ada: User, mira: Character):
    mira.open_definition, mira.never_says = True, "okay"
    mira.save()
    reply = cut(ada, make_conversation(ada, mira))
    client.force_login(ada)

    shown = page(client, reply)

    (reason, mend, tokens) = shown.context["cut"][0]
    assert (str(reason), mend.words) == ("It said what it never says:", "okay")
    assert 300 < tokens < 320
    assert [each.reason for each in shown.context["sections"]] == ["head", "history", "cut"]
    text = shown.content.decode()
    assert "Cut before it was read" in text
    assert "okay then, she said." in text
    assert "Who Mira is, once more, and what to avoid" in text


def test_of_a_hidden_definition_that_it_was_cut_is_all_that_is_told(
    client: Client, ada: User, conversation: Conversation
):
    reply = cut(ada, conversation)
    client.force_login(ada)

    text = page(client, reply).content.decode()

    assert "Cut before it was read" in text
    assert "A check of its author failed." in text
    assert "okay" not in text
