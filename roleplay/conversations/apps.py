"""The app of what is kept."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "roleplay.conversations"
    label = "conversations"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        post_delete.connect(leave_nothing_to_nobody, sender=self.get_model("Participant"))


def leave_nothing_to_nobody(sender: Any, *, instance: Any, **_: object) -> None:
    """With its last participant a conversation goes: nobody could find it any more."""
    if not sender.objects.filter(conversation=instance.conversation_id).exists():
        apps.get_model("conversations", "Conversation").objects.filter(pk=instance.conversation_id).delete()
