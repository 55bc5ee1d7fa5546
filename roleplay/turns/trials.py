"""Chats in which an author tries what he writes, before it is saved. Sync."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from characters.models import CharacterVersion
from characters.versions import Definition
from roleplay.conversations.models import Conversation
from roleplay.turns.casting import forget_unused_versions
from roleplay.turns.service import conversation_with


@transaction.atomic
def start_trial(user: User, definition: Definition) -> Conversation:
    """A chat with a draft. The user's earlier ones are thrown away, with what was said in them."""
    _throw_away(user)
    draft = CharacterVersion.objects.create(character=None, number=0, definition=definition)
    return conversation_with(user, draft, trial=True)


def _throw_away(user: User) -> None:
    Conversation.objects.visible_to(user).filter(trial=True).delete()
    forget_unused_versions()
