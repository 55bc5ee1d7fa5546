"""What the application answers a tab: a snapshot, and parts of the path."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from roleplay.conversations import pages
from roleplay.conversations.events import Frame
from roleplay.conversations.models import Conversation, Message
from tests.faults.tabs import Tab


def tab_of(user: User, conversation_id: UUID) -> Tab:
    """A tab of the user's, under his name, that is not loaded yet."""

    def since(revision: int) -> Frame:
        conversation = Conversation.objects.get(pk=conversation_id)
        return pages.since(conversation, revision, conversation.participants.get(user=user))

    def after(message: str | None) -> Any:
        conversation = Conversation.objects.get(pk=conversation_id)
        reader = conversation.participants.get(user=user).pk
        try:
            part = pages.after(conversation, UUID(message) if message else None, reader)
        except Message.DoesNotExist:
            return None
        return {"messages": part.messages, "later": part.later, "open": part.open}

    return Tab(user.username, since, after)
