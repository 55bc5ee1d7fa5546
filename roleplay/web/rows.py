"""A user's conversations as rows of a list: with whom, what was said last, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce, NullIf, Substr
from django.urls import reverse

from characters.models import Character
from roleplay.conversations.models import CastMember, Conversation

SHOWN = 160  # code points of what was said last


def _said(message: str) -> Case:
    """The text of a message, for one who reads it."""
    return Case(
        When(Q((f"{message}__deleted", "")), then=F(f"{message}__text")),
        default=Value(""),
        output_field=TextField(),
    )


# A reply that did not come, or is deleted, has no text: then what it was to answer.
_LAST = Coalesce(
    NullIf(_said("conversation__head"), Value("")),
    _said("conversation__head__parent"),
    output_field=TextField(),
)


class Row(TypedDict):
    url: str
    name: str
    title: str
    hue: int
    picture: str  # address, or ""
    last: str
    updated_at: datetime


def conversations_of(user: Any, character: Character | None = None) -> QuerySet[Conversation]:
    """The user's conversations, newest first, without his trials."""
    found = Conversation.objects.visible_to(user).filter(trial=False)
    if character:
        found = found.filter(cast__version__character=character)
    return found.newest_first()


def rows_of(conversations: Iterable[Conversation]) -> list[Row]:
    """The conversations of one page of a list, in their order."""
    order = [conversation.pk for conversation in conversations]
    members = CastMember.objects.filter(conversation__in=order).values_list(
        "conversation_id",
        "conversation__updated_at",
        "conversation__title",
        "version__definition__name",
        "version__definition__hue",
        "version__definition__picture",
        Substr(_LAST, 1, SHOWN),
    )
    rows = {
        conversation: Row(
            url=reverse("conversation", args=[conversation]),
            name=name,
            title=title,
            hue=hue,
            picture=picture_url(picture),
            last=last or "",
            updated_at=updated_at,
        )
        for conversation, updated_at, title, name, hue, picture, last in members
    }
    return [rows[conversation] for conversation in order]


def conversation_rows(user: Any, *, most: int, character: Character | None = None) -> list[Row]:
    return rows_of(conversations_of(user, character)[:most])


def picture_url(sha256: str) -> str:
    return reverse("picture", args=[sha256]) if sha256 else ""
