"""The parts of a path that a page asks for: what is above it, and what is below."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from roleplay.conversations.models import Conversation, Message
from roleplay.conversations.pages import PAGE
from roleplay.turns import changes, service
from tests.cast import make_long
from tests.turns.steps import answered, say

LENGTH = 2 * PAGE + 7


def part(client: Client, name: str, *args: Any) -> dict[str, Any]:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_the_parts_of_a_path_make_it_whole_downwards(client: Client, ada: User, conversation: Conversation):
    make_long(conversation, LENGTH)
    client.force_login(ada)

    parts = [part(client, "beginning", conversation.pk)]
    while parts[-1]["later"]:
        parts.append(part(client, "later", conversation.pk, parts[-1]["messages"][-1]["id"]))

    messages = [message for each in parts for message in each["messages"]]
    assert [message["depth"] for message in messages] == list(range(LENGTH + 1))
    assert all(below["parent"] == above["id"] for above, below in pairwise(messages))
    assert [len(each["messages"]) for each in parts] == [PAGE, PAGE, 8]
    assert parts[-1]["head"] == messages[-1]["id"] == str(conversation.head_id)


def test_after_the_newest_there_is_nothing(client: Client, ada: User, conversation: Conversation):
    client.force_login(ada)

    found = part(client, "later", conversation.pk, conversation.head_id)

    assert (found["messages"], found["later"]) == ([], False)


def test_an_open_reply_comes_with_its_text_so_far(client: Client, ada: User, conversation: Conversation):
    say(ada, conversation)
    conversation.refresh_from_db()
    turn = conversation.turns.get()
    turn.text = "Half a"
    turn.save()
    client.force_login(ada)

    found = part(client, "beginning", conversation.pk)

    assert found["messages"][-1]["text"] == found["open"]["text"] == "Half a"


def test_a_message_of_another_branch_has_nothing_after_it(
    client: Client, ada: User, conversation: Conversation
):
    reply = answered(ada, conversation)
    service.retry(ada, conversation.pk, client_id="retry-it", message_id=reply.pk)
    client.force_login(ada)

    assert client.get(reverse("later", args=[conversation.pk, reply.pk])).status_code == 404
    assert Message.objects.filter(pk=reply.pk).exists()


def test_the_address_of_a_message_opens_the_part_around_it(
    client: Client, ada: User, conversation: Conversation
):
    make_long(conversation, LENGTH)
    client.force_login(ada)
    path = Message.objects.path_to(conversation.head_id, LENGTH + 1)
    address = reverse("conversation", args=[conversation.pk])

    for depth, first, last in ((2, 0, 27), (60, 36, 85), (LENGTH, LENGTH - 49, LENGTH)):
        shown = client.get(address, {"at": str(path[depth].id)}).context
        assert [message["depth"] for message in shown["messages"]] == list(range(first, last + 1))
        assert (shown["earlier"], shown["later"], shown["elsewhere"]) == (first > 0, last < LENGTH, False)


@pytest.mark.parametrize("at", ["", "nonsense", str(UUID(int=7))])
def test_an_address_of_what_is_not_on_the_path_opens_the_end_and_says_so(
    at: str, client: Client, ada: User, conversation: Conversation
):
    make_long(conversation, LENGTH)
    client.force_login(ada)

    shown = client.get(reverse("conversation", args=[conversation.pk]), {"at": at})

    assert shown.context["messages"][-1]["depth"] == LENGTH
    assert "This message is on another branch by now." in shown.content.decode()


def test_the_texts_that_a_message_had_are_found_the_newest_first(
    client: Client, ada: User, conversation: Conversation
):
    reply = answered(ada, conversation, text="One.", reason="stop")
    for number, text in enumerate(("Two.", "Three.")):
        changes.edit(ada, conversation.pk, client_id=f"edit-it-{number}", message_id=reply.pk, text=text)
    client.force_login(ada)

    found = part(client, "texts", conversation.pk, reply.pk)["texts"]

    assert [each["text"] for each in found] == ["Two.", "One."]


def test_a_list_tells_nothing_of_what_is_deleted(client: Client, ada: User, conversation: Conversation):
    reply = answered(ada, conversation, "A question.", text="A secret.", reason="stop")
    client.force_login(ada)
    assert "A secret." in client.get(reverse("conversations")).content.decode()

    changes.delete(ada, conversation.pk, message_id=reply.pk, from_here=False)

    told = client.get(reverse("conversations")).content.decode()
    assert "A secret." not in told
    assert "A question." in told
