"""The character of a conversation, as its pages show it."""

from __future__ import annotations

from typing import Any, TypedDict

from characters.models import Character
from characters.versions import Definition
from roleplay.conversations.models import Conversation
from roleplay.web.rows import picture_url


class Shown(TypedDict):
    """`char` is the name under which it speaks; `url` its page, "" where that cannot be seen."""

    name: str
    char: str
    language: str
    hue: int
    picture: str
    url: str


def character_of(user: Any, conversation: Conversation) -> Shown:
    """The character in the version that the conversation knows."""
    version = conversation.cast.select_related("version__character").order_by("pk")[0].version
    definition: Definition = version.definition
    visible = Character.objects.visible_to(user)
    present = visible.filter(pk=version.character_id).first() if version.character_id else None
    return Shown(
        name=definition["name"],
        char=definition["nickname"] or definition["name"],
        language=definition["language"],
        hue=definition["hue"],
        picture=picture_url(definition["picture"]),
        url=present.get_absolute_url() if present else "",
    )
