"""The cast of the tests: Ada owns the conversation, Ben is another user, Mira is the character."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.auth.models import Group, User

from characters.models import Character
from characters.rights import AUTHORS
from roleplay.conversations.models import Conversation, Message, MessageState, Role
from roleplay.conversations.path import jump_depth
from roleplay.turns.service import start_conversation

GREETING = "*Mira looks up from her maps.* “You are late. Did the river hold you?”"


def make_user(name: str, **fields: Any) -> User:
    return User.objects.create_user(name, password="long enough for a test", **fields)


def make_author(name: str, group: str = AUTHORS) -> User:
    """One who may write."""
    return let_write(make_user(name), group)


def let_write(user: User, group: str = AUTHORS) -> User:
    """Tests that empty the database take the groups with it, so they are made again."""
    import_module("characters.migrations.0007_groups").make_groups(apps, None)
    user.groups.add(Group.objects.get(name=group))
    return user


def make_character(**fields: Any) -> Character:
    greetings = fields.pop("greetings", [GREETING])
    defaults = {
        "slug": "mira",
        "name": "Mira",
        "visibility": "public",
        "description": "{{char}} draws maps of a river that moves.",
        "speech": "Short sentences. Never a question she knows the answer to.",
    }
    character = Character.objects.create(**{**defaults, **fields})
    character.quotes.create(text="A map is a promise, {{user}}.")
    character.situations.create(when="{{user}} lies", then="she folds the map away.")
    for position, text in enumerate(greetings):
        character.greetings.create(position=position, text=text)
    return character


def make_conversation(
    user: User, character: Character | None = None, *, lines: list[str] | None = None
) -> Conversation:
    """A conversation in which `lines` were said in turn, the user's first, after the greeting."""
    conversation = start_conversation(user, character or make_character())
    author = conversation.participants.get()
    member = conversation.cast.get()
    for index, text in enumerate(lines or []):
        parent = conversation.head
        is_reply = index % 2 == 1
        conversation.head = Message.objects.create_below(
            parent,
            conversation=conversation,
            reply_number=(parent.reply_number if parent else 0) + is_reply,
            role=Role.ASSISTANT if is_reply else Role.USER,
            name="Mira" if is_reply else "ada",
            author=None if is_reply else author,
            cast_member=member if is_reply else None,
            text=text,
            state=MessageState.FINISHED,
        )
    conversation.save(update_fields=["head"])
    return conversation


def make_long(conversation: Conversation, messages: int) -> None:
    """So many messages below the greeting, of both by turns, written at once."""
    assert conversation.head_id, "a greeting"
    ids = [conversation.head_id, *(uuid4() for _ in range(messages))]
    author, member = conversation.participants.get(), conversation.cast.get()
    jumps = [None if at is None else ids[at] for at in map(jump_depth, range(messages + 1))]
    Message.objects.bulk_create(
        Message(
            id=ids[depth],
            conversation=conversation,
            parent_id=ids[depth - 1],
            depth=depth,
            jump=jumps[depth],
            reply_number=depth // 2,
            role=Role.USER if depth % 2 else Role.ASSISTANT,
            name="ada" if depth % 2 else "Mira",
            author=author if depth % 2 else None,
            cast_member=None if depth % 2 else member,
            text=f"Message {depth}",
        )
        for depth in range(1, messages + 1)
    )
    conversation.head_id = ids[-1]
    conversation.save()
