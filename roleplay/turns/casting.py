"""Which version of its character a conversation goes on with. Sync."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from characters.models import Character, CharacterVersion
from roleplay.conversations.models import CastMember, Conversation

MOST_NOTES = 5


def newer_version(user: User, conversation: Conversation) -> CharacterVersion | None:
    """What was published of the character since the version that the conversation knows, if the user may meet it."""
    known = _member(conversation).version
    visible = Character.objects.visible_to(user).select_related("published")
    character = visible.filter(pk=known.character_id or 0).first()
    published = character.published if character else None
    return published if published and published.number > known.number else None


def notes_since(conversation: Conversation, newer: CharacterVersion) -> list[str]:
    """What authors said of the versions from the one that the conversation knows to this one, the newest first."""
    known = _member(conversation).version
    between = CharacterVersion.objects.filter(
        character=known.character_id, number__gt=known.number, number__lte=newer.number
    )
    return list(between.exclude(note="").order_by("-number").values_list("note", flat=True)[:MOST_NOTES])


def forget_unused_versions() -> None:
    """Of characters that are gone, the versions that no conversation knows go too."""
    known = CastMember.objects.values("version").union(
        CastMember.objects.exclude(before=None).values("before")
    )
    CharacterVersion.objects.filter(character=None).exclude(pk__in=known).delete()


@transaction.atomic
def take_newer_version(user: User, conversation: Conversation) -> CharacterVersion | None:
    """From the next reply on. What was said stays as it was said. None where there is no newer one."""
    newer = newer_version(user, conversation)
    if newer:
        CastMember.objects.filter(pk=_member(conversation).pk).update(version=newer, before=F("version"))
    return newer


def version_before(conversation: Conversation) -> CharacterVersion | None:
    """The one that the reader left for a newer one."""
    return _member(conversation).before


def take_version_before(conversation: Conversation) -> None:
    """The way back, once. Nothing happens where there is none."""
    members = CastMember.objects.filter(pk=_member(conversation).pk)
    members.exclude(before=None).update(version=F("before"), before=None)


def _member(conversation: Conversation) -> CastMember:
    return conversation.cast.select_related("version", "before").order_by("pk")[0]
