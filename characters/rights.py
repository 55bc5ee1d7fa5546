"""Who may write. The groups are made by migration: authors have their own characters, editors all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

AUTHORS, EDITORS = "Authors", "Editors"  # names of groups


def writes(user: User | AnonymousUser) -> bool:
    """Whether he may write characters."""
    return user.has_perm("characters.add_character")


def edits_all(user: User | AnonymousUser) -> bool:
    """Whether he may change every character, and take it from its readers."""
    return user.has_perm("characters.edit_every_character")
