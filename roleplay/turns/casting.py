"""Which version of its character a conversation goes on with. Sync."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from characters.models import Character, CharacterVersion
from roleplay.conversations.models import CastMember, Conversation


def newer_version(user: User, conversation: Conversation) -> CharacterVersion | None:
    """What was published of the character since the version that the conversation knows, if the user may meet it."""
    known = _member(conversation).version
    if not Character.objects.visible_to(user).filter(pk=known.character_id or 0).exists():
        return None
    later = CharacterVersion.objects.filter(character=known.character_id, number__gt=known.number)
    return later.order_by("-number").first()


@transaction.atomic
def take_newer_version(user: User, conversation: Conversation) -> CharacterVersion | None:
    """From the next reply on. What was said stays as it was said. None where there is no newer one."""
    newer = newer_version(user, conversation)
    if newer:
        CastMember.objects.filter(pk=_member(conversation).pk).update(version=newer)
    return newer


def _member(conversation: Conversation) -> CastMember:
    return conversation.cast.select_related("version").order_by("pk")[0]
