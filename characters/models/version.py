"""The versions of a character that conversations keep."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from characters.models.character import Character


class CharacterVersion(models.Model):
    """A character's definition at one time. Conversations keep the one that they began with,
    even when the character is deleted.

    `definition` has the keys of `characters.versions.Definition`. Without an `author` it was not published by
    anybody, but kept of itself: for a chat, or before something else took its place.
    """

    character = models.ForeignKey(Character, null=True, on_delete=models.SET_NULL, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["character", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.character} {self.number}"
