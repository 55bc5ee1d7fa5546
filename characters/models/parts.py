"""What belongs to a character: its greetings, quotes and situations, the files of its card, its words for the search."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from characters.models.character import LONG_TEXT, Character


class _Part(models.Model):
    """One of several texts of a character, in the author's order."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Greeting(_Part):
    """What the character says first; the others are offered as alternatives of it."""

    character = models.ForeignKey(Character, on_delete=models.CASCADE, related_name="greetings")
    text = models.TextField(_("text"), max_length=LONG_TEXT)

    class Meta(_Part.Meta):
        verbose_name = _("greeting")
        verbose_name_plural = _("greetings")

    def __str__(self) -> str:
        return self.text[:60]


class Quote(_Part):
    """A sentence that only this character would say."""

    character = models.ForeignKey(Character, on_delete=models.CASCADE, related_name="quotes")
    text = models.TextField(_("text"), max_length=2000)

    class Meta(_Part.Meta):
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def __str__(self) -> str:
        return self.text[:60]


class Situation(_Part):
    """How the character acts when something happens: "when … , …"."""

    character = models.ForeignKey(Character, on_delete=models.CASCADE, related_name="situations")
    when = models.CharField(_("when"), max_length=500)
    then = models.TextField(_("the character"), max_length=2000)

    class Meta(_Part.Meta):
        verbose_name = _("situation")
        verbose_name_plural = _("situations")

    def __str__(self) -> str:
        return self.when[:60]


class CardAsset(models.Model):
    """A file that came with a character's card, beside the card itself."""

    character = models.ForeignKey(Character, on_delete=models.CASCADE, related_name="assets")
    path = models.CharField(max_length=500)
    data = models.BinaryField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["character", "path"], name="one_asset_a_path")]

    def __str__(self) -> str:
        return self.path


class SearchTerm(models.Model):
    """A word under which the gallery finds a character; see `characters.search`."""

    term = models.CharField(max_length=40)
    character = models.ForeignKey(Character, on_delete=models.CASCADE, related_name="terms")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "character"], name="one_term_a_character"),
        ]

    def __str__(self) -> str:
        return self.term
