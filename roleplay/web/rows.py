"""A user's conversations as rows of a list: with whom, what was said last, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from characters.models import Character
from roleplay.conversations.models import CastMember, Conversation

SHOWN = 160  # code points of what was said last


class Row(TypedDict):
    url: str
    name: str
    hue: int
    picture: str  # address, or ""
    last: str
    updated_at: datetime


def conversations_of(user: Any, character: Character | None = None) -> QuerySet[Conversation]:
    """The user's conversations, newest first, each with its character's definition and its head's text."""
    member = CastMember.objects.filter(conversation=OuterRef("pk")).order_by("pk")
    found = Conversation.objects.visible_to(user)
    if character:
        found = found.filter(cast__version__character=character)
    return found.newest_first().annotate(
        definition=Subquery(member.values("version__definition")[:1]),
        last=Subquery(
            Conversation.objects.filter(pk=OuterRef("pk")).values("head__text")[:1],
        ),
    )


def row(conversation: Any) -> Row:
    """Of a conversation of `conversations_of`."""
    definition = conversation.definition
    return {
        "url": conversation.get_absolute_url(),
        "name": definition["name"],
        "hue": definition["hue"],
        "picture": picture_url(definition["picture"]),
        "last": (conversation.last or "")[:SHOWN],
        "updated_at": conversation.updated_at,
    }


def conversation_rows(user: Any, *, most: int, character: Character | None = None) -> list[Row]:
    return [row(conversation) for conversation in conversations_of(user, character)[:most]]


def picture_url(sha256: str) -> str:
    return reverse("picture", args=[sha256]) if sha256 else ""
