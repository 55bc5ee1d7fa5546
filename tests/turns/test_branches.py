"""Where one stands in a tree: swiping, coming back, branching, and how an ancestor is found."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from roleplay.conversations.models import Conversation, Message, Role
from roleplay.conversations.path import jump_depth
from roleplay.turns import branches, service
from roleplay.turns.done import CommandRefused, Done
from tests.cast import make_character, make_conversation
from tests.turns.steps import NOW, answered, claim_due, finish, path, reply_of


@given(st.integers(1, 10**6), st.data())
def test_any_ancestor_is_near(depth: int, data: st.DataObject):
    wanted, steps = data.draw(st.integers(0, depth)), 0

    at = depth
    while at > wanted:
        jump = jump_depth(at)
        at = jump if jump is not None and jump >= wanted else at - 1
        steps += 1

    assert at == wanted
    assert steps <= 3 * depth.bit_length()


@pytest.fixture
def tree(db: None, conversation: Conversation) -> list[Message]:
    """300 messages under random earlier ones, and long lines among them."""
    [at] = made = list(conversation.messages.all())
    for number in range(300):
        parent = made[number * 7919 % len(made)] if number % 10 == 0 else at
        at = Message.objects.create_below(
            parent, conversation=conversation, role=Role.ASSISTANT, text=str(number)
        )
        made.append(at)
    return made


def above(message: Message) -> list[Any]:
    """The ids of the path, oldest first, climbed step by step."""
    return [*above(message.parent), message.pk] if message.parent else [message.pk]


def test_an_ancestor_of_any_depth_is_found(tree: list[Message]):
    for message in tree[::17]:
        ids = above(message)
        found = [Message.objects.ancestor(message.pk, depth) for depth in range(message.depth + 2)]
        assert found == [*ids, None]


def test_two_paths_part_where_they_part(tree: list[Message]):
    for one in tree[::31]:
        for other in tree[::29]:
            ours, theirs = above(one), above(other)
            shared = sum(a == b for a, b in zip(ours, theirs, strict=False))
            kept = ours[shared - 1] if shared else None
            left, entered = ours[shared : shared + 1], theirs[shared : shared + 1]

            found = branches.parting(one, other)

            assert (found.kept, found.left, found.entered) == (kept, *(left or [None]), *(entered or [None]))


def select(user: User, conversation: Conversation, message: Any, **options: bool) -> Done:
    return service.select(user, conversation.pk, message_id=message.pk, **options)


def anew(user: User, conversation: Conversation, message: Message, text: str) -> Message:
    """A new alternative, finished."""
    service.retry(user, conversation.pk, client_id=f"retry-{text}", message_id=message.pk)
    [claim] = claim_due(NOW)
    finish(claim, text=text, reason="stop")
    return reply_of(claim)


def texts(conversation: Conversation) -> list[str]:
    return [text for role, text, _ in path(conversation) if role == "assistant"][1:]


def test_an_alternative_in_the_middle_leaves_what_was_below_on_its_branch(
    ada: User, conversation: Conversation
):
    first = answered(ada, conversation, text="One.", reason="stop")
    answered(ada, conversation, text="Two.", reason="stop")
    head = answered(ada, conversation, text="Three.", reason="stop")

    other = anew(ada, conversation, first, "Another one.")

    assert texts(conversation) == ["Another one."]
    assert other.depth == first.depth
    below = answered(ada, conversation, text="Further.", reason="stop")
    for _ in range(2):
        done = select(ada, conversation, first)
        assert texts(conversation) == ["One.", "Two.", "Three."]
        assert done.all[0] == {
            "type": "head.moved",
            "head": str(head.pk),
            "kept": str(first.parent_id),
            "revision": conversation.revision,
        }
        select(ada, conversation, other)
        assert texts(conversation) == ["Another one.", "Further."]
        assert conversation.head == below


def test_greetings_are_alternatives_of_the_first_message(ada: User):
    conversation = make_conversation(ada, make_character(greetings=["Hello.", "Good evening."]))
    hello, evening = conversation.messages.order_by("created_at")
    reply = answered(ada, conversation, text="One.", reason="stop")

    done = select(ada, conversation, evening)

    assert [text for _, text, _ in path(conversation)] == ["Good evening."]
    assert done.all[0]["kept"] is None
    select(ada, conversation, hello)
    conversation.refresh_from_db()
    assert conversation.head == reply


def test_who_stands_on_the_path_already_stays(ada: User, conversation: Conversation):
    first = answered(ada, conversation, text="One.", reason="stop")
    answered(ada, conversation, text="Two.", reason="stop")
    conversation.refresh_from_db()
    before = conversation.revision, conversation.head

    assert select(ada, conversation, first) == Done()

    conversation.refresh_from_db()
    assert (conversation.revision, conversation.head) == before


def test_a_branch_begins_at_a_reply_and_what_was_below_is_found_again(ada: User, conversation: Conversation):
    first = answered(ada, conversation, text="One.", reason="stop")
    second = answered(ada, conversation, text="Two.", reason="stop")
    third = answered(ada, conversation, text="Three.", reason="stop")

    select(ada, conversation, first, here=True)
    assert texts(conversation) == ["One."]
    answered(ada, conversation, text="Elsewhere.", reason="stop")
    assert texts(conversation) == ["One.", "Elsewhere."]

    select(ada, conversation, second)  # any message of the other branch brings it back
    conversation.refresh_from_db()
    assert conversation.head == third


def test_a_place_on_another_line_of_the_branch_is_not_gone_to(ada: User, conversation: Conversation):
    """Whoever chooses a message comes to a path that has it, wherever he stood last on its branch."""
    root = answered(ada, conversation, text="One.", reason="stop")
    two = answered(ada, conversation, text="Two.", reason="stop")
    three = answered(ada, conversation, text="Three.", reason="stop")
    anew(ada, conversation, three, "Another three.")
    anew(ada, conversation, root, "Another one.")  # left below “One.” at “Another three.”

    select(ada, conversation, three)
    assert texts(conversation) == ["One.", "Two.", "Three."]

    select(ada, conversation, two, here=True)
    assert texts(conversation) == ["One.", "Two."]


def test_what_a_person_wrote_is_no_place_to_branch_from(ada: User, conversation: Conversation):
    reply = answered(ada, conversation)

    with pytest.raises(CommandRefused, match="no_such_message"):
        select(ada, conversation, reply.parent, here=True)
