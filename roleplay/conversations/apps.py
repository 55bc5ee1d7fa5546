"""The app of what is kept."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "roleplay.conversations"
    label = "conversations"
    verbose_name = _("conversations")
