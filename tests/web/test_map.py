"""The map of a tree: where branches part, what has a name, and the way to any place on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from roleplay.conversations import tree_map
from roleplay.conversations.models import Conversation, Message, Role
from roleplay.conversations.tree_map import Parting
from roleplay.turns import changes, service
from tests.cast import make_character, make_conversation, make_long
from tests.turns.steps import answered, path, say


def below(conversation: Conversation, parent: Message | None, text: str) -> Message:
    made: Message = Message.objects.create_below(
        parent, conversation=conversation, role=Role.ASSISTANT, name="Mira", text=text
    )
    return made


@pytest.fixture
def tree(conversation: Conversation) -> list[Message]:
    """300 messages under random earlier ones, and long lines among them; one stands at the last."""
    [at] = made = list(conversation.messages.all())
    for number in range(300):
        parent = made[number * 7919 % len(made)] if number % 10 == 0 else at
        made.append(at := below(conversation, parent, f"Number {number}."))
    conversation.head = at
    conversation.save()
    return made


def every_parting(conversation: Conversation) -> list[Parting]:
    """Of the path on which one stands, page by page."""
    found: list[Parting] = []
    above: int | None = None
    while True:
        page = tree_map.tree_map(conversation, above)
        found += page.partings
        above = page.above
        if above is None:
            return found


def test_the_partings_of_a_path_are_found_the_newest_first(conversation: Conversation, tree: list[Message]):
    by_id = {message.pk: message for message in tree}
    at, expected = conversation.head, []
    while at:
        beside = [each.pk for each in tree if each.parent_id == at.parent_id]
        if len(beside) > 1:
            expected.append((at.parent_id, at.pk, beside))
        at = by_id[at.parent_id] if at.parent_id else None

    found = every_parting(conversation)

    told = [
        (
            each.after and each.after.id,
            next(branch.place.id for branch in each.branches if branch.here),
            [branch.place.id for branch in each.branches],
        )
        for each in found
    ]
    assert told == expected
    assert len(told) > 3


def test_a_path_with_many_partings_comes_in_pages(conversation: Conversation):
    at = conversation.head
    for number in range(2 * tree_map.PARTINGS + 5):
        below(conversation, at, "Otherwise.")
        at = below(conversation, at, f"Number {number}.")
    conversation.head = at
    conversation.save()

    assert len(tree_map.tree_map(conversation).partings) == tree_map.PARTINGS
    words = [
        branch.place.words for each in every_parting(conversation) for branch in each.branches if branch.here
    ]
    assert words == [f"Number {number}." for number in reversed(range(2 * tree_map.PARTINGS + 5))]


def test_a_branch_that_was_left_shows_how_far_it_went_and_where_it_parts(
    ada: User, conversation: Conversation
):
    first = answered(ada, conversation, text="One.", reason="stop")
    second = answered(ada, conversation, text="Two.", reason="stop")
    service.retry(ada, conversation.pk, client_id="retry-two", message_id=second.pk)
    service.stop(ada, conversation.pk)
    service.retry(ada, conversation.pk, client_id="retry-one", message_id=first.pk)
    conversation.refresh_from_db()

    [parting] = tree_map.tree_map(conversation).partings

    left, here = parting.branches
    assert (left.place.id, left.here, left.length, here.here, here.length) == (first.pk, False, 2, True, 0)
    [inner] = left.partings
    assert [(each.place.words, each.here) for each in inner.branches] == [("Two.", False), ("", True)]


def test_branches_within_branches_are_shown_some_levels_deep_and_then_on_a_page_of_their_own(
    ada: User, conversation: Conversation
):
    replies = [answered(ada, conversation, text=f"Reply {number}.", reason="stop") for number in range(4)]
    for number, reply in reversed(list(enumerate(replies))):
        service.retry(ada, conversation.pk, client_id=f"retry-{number}", message_id=reply.pk)
        service.stop(ada, conversation.pk)
    conversation.refresh_from_db()

    depth, branches = 0, tree_map.tree_map(conversation).partings[0].branches
    while branches[0].partings:
        depth, branches = depth + 1, branches[0].partings[-1].branches
    assert depth == tree_map.LEVELS
    deepest = branches[0]
    assert deepest.more

    page = tree_map.branch_map(conversation, deepest.place.id)
    assert page.start == deepest.place
    assert page.partings


def test_beginnings_part_too(ada: User):
    conversation = make_conversation(ada, make_character(greetings=["Good evening.", "Good morning."]))

    [parting] = tree_map.tree_map(conversation).partings

    assert parting.after is None
    assert [(each.place.words, each.here) for each in parting.branches] == [
        ("Good evening.", True),
        ("Good morning.", False),
    ]


def test_what_it_costs_does_not_grow_with_the_path(
    conversation: Conversation, django_assert_max_num_queries: Any
):
    make_long(conversation, 1500)
    long = dict(conversation.messages.values_list("depth", "pk"))
    for depth in (3, 700, 1400):
        below(conversation, Message.objects.get(pk=long[depth]), "Otherwise.")

    with django_assert_max_num_queries(10):
        found = tree_map.tree_map(conversation).partings

    assert [each.after and each.after.depth for each in found] == [1400, 700, 3]


def address(conversation: Conversation, **query: str) -> str:
    return reverse("map", args=[conversation.pk], query=query)


def go(client: Client, conversation: Conversation, **fields: Any) -> Any:
    return client.post(reverse("go", args=[conversation.pk]), fields)


def test_a_click_goes_to_the_branch_where_one_stood_last(
    client: Client, ada: User, conversation: Conversation
):
    first = answered(ada, conversation, text="One.", reason="stop")
    answered(ada, conversation, text="Two.", reason="stop")
    service.retry(ada, conversation.pk, client_id="retry-one", message_id=first.pk)
    service.stop(ada, conversation.pk)
    client.force_login(ada)
    assert f'value="{first.pk}"' in client.get(address(conversation)).content.decode()

    answer = go(client, conversation, message=first.pk)

    assert answer.url == f"/conversations/{conversation.pk}/?at={first.pk}#{first.pk}"
    assert [text for role, text, _ in path(conversation) if role == "assistant"][1:] == ["One.", "Two."]


def test_what_is_deleted_is_on_the_map_without_its_words_and_can_be_brought_back(
    client: Client, ada: User, conversation: Conversation
):
    reply = answered(ada, conversation, text="A secret.", reason="stop")
    service.retry(ada, conversation.pk, client_id="retry-it", message_id=reply.pk)
    service.stop(ada, conversation.pk)
    service.select(ada, conversation.pk, message_id=reply.pk)
    changes.delete(ada, conversation.pk, message_id=reply.pk, from_here=True)
    client.force_login(ada)
    conversation.refresh_from_db()
    assert conversation.head_id == reply.parent_id
    other = conversation.messages.exclude(pk=reply.pk).get(parent=reply.parent_id)
    service.select(ada, conversation.pk, message_id=other.pk)

    shown = client.get(address(conversation)).content.decode()

    assert "A secret." not in shown
    assert f'name="restore" value="{reply.pk}"' in shown
    go(client, conversation, restore=reply.pk)
    assert path(conversation)[-1][1] == "A secret."


def test_a_message_with_a_name_is_found_by_it(client: Client, ada: User, conversation: Conversation):
    reply = answered(ada, conversation, text="The lamp is lit.", reason="stop")
    client.force_login(ada)

    done = changes.name_checkpoint(ada, conversation.pk, message_id=reply.pk, name="Before the storm")

    assert done.all[0]["message"]["checkpoint"] == "Before the storm"
    assert "Before the storm" in client.get(address(conversation)).content.decode()
    assert "Before the storm" in client.get(conversation.get_absolute_url()).content.decode()
    assert (
        changes.name_checkpoint(ada, conversation.pk, message_id=reply.pk, name="Before the storm").all == ()
    )
    changes.name_checkpoint(ada, conversation.pk, message_id=reply.pk, name="")
    assert "Before the storm" not in client.get(address(conversation)).content.decode()


def test_where_one_cannot_go_a_sentence_says_why(client: Client, ada: User, conversation: Conversation):
    greeting = conversation.head_id
    say(ada, conversation)
    say(ada, conversation, "And?")  # waits for its reply
    client.force_login(ada)

    answer = client.post(reverse("go", args=[conversation.pk]), {"message": UUID(int=1)}, follow=True)
    assert "A reply is still being written." in answer.content.decode()

    service.stop(ada, conversation.pk)
    service.stop(ada, conversation.pk)
    answer = client.post(reverse("go", args=[conversation.pk]), {"message": UUID(int=1)}, follow=True)
    assert "This message is not in the conversation." in answer.content.decode()
    assert go(client, conversation, message="nonsense").status_code == 404
    assert client.get(address(conversation, of="nonsense")).status_code == 404
    assert client.get(address(conversation, of=str(UUID(int=1)))).status_code == 404
    assert client.get(address(conversation, above="-5")).status_code == 200
    assert client.get(address(conversation, of=str(greeting))).status_code == 200


def test_ben_cannot_see_or_use_the_map(client: Client, ben: User, conversation: Conversation):
    client.force_login(ben)

    assert client.get(address(conversation)).status_code == 404
    assert go(client, conversation, message=conversation.head_id).status_code == 404
