"""A reply goes on where its text ends; whatever comes of that, the text that it had is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation, Message, Turn
from roleplay.turns import changes, scenes, service
from roleplay.turns.done import CommandRefused, Done
from tests.turns.steps import NOW, answered, claim_due, finish, path, say


@pytest.fixture
def first(ada: User, conversation: Conversation) -> Message:
    return answered(ada, conversation, "One?", text="One ", reason="stop")


def go_on(user: User, message: Message, client_id: str = "go-on-now") -> Done:
    return service.go_on(user, message.conversation_id, client_id=client_id, message_id=message.pk)


@pytest.mark.parametrize(
    ("ending", "text", "state"),
    [
        ({"text": "One and more.", "reason": "stop"}, "One and more.", "finished"),
        ({"text": "One", "gained": False, "reason": "stop"}, "One", "finished"),
        ({"text": "One and", "error": "silence"}, "One and", "interrupted"),
        ({"text": "One", "gained": False, "error": "unreachable"}, "One", "interrupted"),
        ({"text": "One", "gained": False, "error": "content_filter"}, "One", "interrupted"),
        ({"text": "One and", "reason": "stopped"}, "One and", "stopped"),
    ],
)
def test_the_same_message_grows(
    ending: dict[str, Any], text: str, state: str, ada: User, conversation: Conversation, first: Message
):
    answered(ada, conversation, "Two?", text="Two.", reason="stop")
    conversation.refresh_from_db()
    head = conversation.head

    done = go_on(ada, first)

    assert done.wake and done.own
    assert (done.own["message"]["state"], done.own["message"]["text"]) == ("pending", "One")
    [claim] = claim_due(NOW)
    assert (claim.kind, claim.prefix, claim.text) == ("continue", "One", "One")
    assert claim.generation == first.generation + 1
    scene = scenes.load(claim).scene
    assert (scene.text, [line.text for line in scene.lines[1:]]) == ("One", ["One?"])
    finish(claim, **ending)
    said = [(role, text, state) for role, text, state in path(conversation)[1:]]
    assert said == [
        ("user", "One?", "finished"),
        ("assistant", text, state),
        ("user", "Two?", "finished"),
        ("assistant", "Two.", "finished"),
    ]
    assert conversation.head == head


def test_it_is_asked_for_once(ada: User, conversation: Conversation, first: Message):
    go_on(ada, first)
    again = go_on(ada, first)

    assert again.own and not again.wake
    assert again.own["client_id"] == "go-on-now"
    [claim] = claim_due(NOW)
    finish(claim, text="One and more.", reason="stop")
    assert not go_on(ada, first).wake
    assert Turn.objects.filter(kind="continue").count() == 1


def test_what_cannot_go_on_is_refused_with_its_reason(
    ada: User, conversation: Conversation, first: Message, settings
):
    greeting = conversation.messages.get(depth=0)
    failed = answered(ada, conversation, "Two?", gained=False, error="silence")
    gone = answered(ada, conversation, "Three?", text="Three.", reason="stop")
    changes.delete(ada, conversation.pk, message_id=gone.pk, from_here=False)

    def refused(message: Message) -> str:
        with pytest.raises(CommandRefused) as caught:
            go_on(ada, message)
        return caught.value.code

    assert {refused(each) for each in (greeting, failed, gone, first.parent)} == {"cannot_continue"}  # type: ignore[arg-type]
    settings.DEMO_MODEL, settings.LLM_DIALECT = False, "openai"
    assert refused(first) == "cannot_continue"
    settings.LLM_DIALECT = "prefill"
    other = service.retry(ada, conversation.pk, client_id="retry-it", message_id=first.pk)
    assert other.own and refused(first) == "busy"
    service.stop(ada, conversation.pk)
    assert refused(first) == "elsewhere"
    say(ada, conversation)
    assert refused(Message.objects.get(pk=other.own["message"]["id"])) == "cannot_continue"
