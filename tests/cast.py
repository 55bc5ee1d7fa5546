"""The cast of the tests: Ada owns the conversation, Ben is another user, Mira is the character."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from characters.models import Character
from roleplay.conversations.models import Conversation, Message, MessageState, Role
from roleplay.turns.service import start_conversation

GREETING = "*Mira looks up from her maps.* “You are late. Did the river hold you?”"


def make_user(name: str, **fields: Any) -> User:
    return User.objects.create_user(name, password="long enough for a test", **fields)


def make_character(**fields: Any) -> Character:
    greetings = fields.pop("greetings", [GREETING])
    defaults = {
        "slug": "mira",
        "name": "Mira",
        "public": True,
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
        conversation.head = Message.objects.create(
            conversation=conversation,
            parent=parent,
            depth=parent.depth + 1 if parent else 0,
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
