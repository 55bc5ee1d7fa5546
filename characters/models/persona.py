"""The personas of users."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from characters.models.lorebook import Lorebook


class Persona(models.Model):
    """Who a user is in a conversation. Everybody has one default persona from the start, and may have others."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personas")
    name = models.CharField(_("name"), max_length=64)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    default = models.BooleanField(default=False)
    lorebooks = models.ManyToManyField(Lorebook, verbose_name=_("lorebooks"), blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(default=True), name="one_default_persona_a_user"
            )
        ]

    def __str__(self) -> str:
        return self.name
