"""Lorebooks: what the model is told of the world when it is spoken of.

The options of an entry are those that authors know from SillyTavern (`world-info.js`), in words.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from characters.rights import edits_all

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

LONG_ENTRY = 16_000  # code points


class SpeakerRole(models.TextChoices):
    """Who says a text that is put among the messages."""

    SYSTEM = "system", _("system")
    USER = "user", _("user")
    ASSISTANT = "assistant", _("character")


class Logic(models.TextChoices):
    """What must hold of the secondary keys beside a primary one."""

    AND_ANY = "and_any", _("one of them, too")
    NOT_ALL = "not_all", _("not all of them")
    NOT_ANY = "not_any", _("none of them")
    AND_ALL = "and_all", _("all of them, too")


class Place(models.TextChoices):
    """Where an entry is written to stand."""

    BEFORE = "before", _("before the definition")
    AFTER = "after", _("after the definition")
    NOTE_TOP = "note_top", _("above the author’s note")
    NOTE_BOTTOM = "note_bottom", _("below the author’s note")
    AT_DEPTH = "at_depth", _("so many messages from the newest")
    EXAMPLES_TOP = "examples_top", _("before the example dialogue")
    EXAMPLES_BOTTOM = "examples_bottom", _("after the example dialogue")
    OUTLET = "outlet", _("at its outlet")


class LorebookQuerySet(models.QuerySet["Lorebook"]):
    def written_by(self, user: User | AnonymousUser) -> LorebookQuerySet:
        """Those that the user may change at the desk: his own. An editor's are the house's and those of characters,
        too; what readers write for themselves is not.
        """
        own = Q(owner=user.pk or 0)
        if not edits_all(user):
            return self.filter(own)
        told = Lorebook.characters.through.objects.values("lorebook_id")
        return self.filter(own | Q(owner=None) | Q(pk__in=told))


class Lorebook(models.Model):
    """Entries that belong together. It is its owner's alone; one without an owner is the house's.

    `scan_depth` is in messages, `token_budget` in tokens; None: as the site has it. One that holds `everywhere`
    is read in every conversation.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="lorebooks",
    )
    title = models.CharField(_("title"), max_length=100)
    everywhere = models.BooleanField(_("for every character"), default=False)
    scan_depth = models.PositiveSmallIntegerField(
        _("messages that are scanned"), null=True, blank=True, validators=[MaxValueValidator(1000)]
    )
    token_budget = models.PositiveIntegerField(_("at most so many tokens"), null=True, blank=True)
    recursive = models.BooleanField(_("entries may bring in others"), default=False)
    card = models.JSONField(null=True, editable=False)  # as a card brought it, without its entries
    updated_at = models.DateTimeField(auto_now=True)

    objects = LorebookQuerySet.as_manager()

    class Meta:
        verbose_name = _("lorebook")
        verbose_name_plural = _("lorebooks")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


def _number(label: Any, default: int, most: int) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(label, default=default, validators=[MaxValueValidator(most)])


class LoreEntry(models.Model):
    """A text that the model is told when one of its keys is said. `sticky`, `cooldown` and `delay` are in messages."""

    book = models.ForeignKey(Lorebook, on_delete=models.CASCADE, related_name="entries")
    title = models.CharField(_("title"), max_length=100, blank=True)
    content = models.TextField(_("what the model is told"), max_length=LONG_ENTRY, blank=True)
    keys = models.JSONField(_("keys"), default=list, blank=True)
    enabled = models.BooleanField(_("in use"), default=True)
    constant = models.BooleanField(_("always told"), default=False)

    selective = models.BooleanField(_("with secondary keys"), default=True)
    secondary_keys = models.JSONField(_("secondary keys"), default=list, blank=True)
    logic = models.CharField(_("of the secondary keys"), max_length=7, choices=Logic, default=Logic.AND_ANY)
    case_sensitive = models.BooleanField(_("capitals matter"), null=True, blank=True)
    whole_words = models.BooleanField(_("whole words alone"), null=True, blank=True)
    scan_depth = models.PositiveSmallIntegerField(
        _("messages that are scanned"), null=True, blank=True, validators=[MaxValueValidator(1000)]
    )
    also_scans = models.JSONField(_("scans these, too"), default=list, blank=True)
    only_names = models.JSONField(_("for these characters"), default=list, blank=True)
    only_tags = models.JSONField(_("for these tags"), default=list, blank=True)
    only_others = models.BooleanField(_("for all but these"), default=False)

    order = models.IntegerField(_("order"), default=100)
    place = models.CharField(_("place"), max_length=15, choices=Place, default=Place.BEFORE)
    depth = _number(_("depth"), 4, 1000)
    role = models.CharField(_("role"), max_length=9, choices=SpeakerRole, default=SpeakerRole.SYSTEM)
    outlet = models.CharField(_("outlet"), max_length=64, blank=True)

    probability = _number(_("probability in percent"), 100, 100)
    group = models.CharField(_("inclusion group"), max_length=200, blank=True)
    group_override = models.BooleanField(_("wins in its group"), default=False)
    group_weight = _number(_("weight in its group"), 100, 10_000)
    group_scoring = models.BooleanField(_("most keys win in its group"), null=True, blank=True)

    sticky = _number(_("stays for so many messages"), 0, 10_000)
    cooldown = _number(_("rests for so many messages"), 0, 10_000)
    delay = _number(_("not before so many messages"), 0, 10_000)

    exclude_recursion = models.BooleanField(_("not brought in by other entries"), default=False)
    prevent_recursion = models.BooleanField(_("brings in no other entries"), default=False)
    delay_until_recursion = models.BooleanField(_("only brought in by other entries"), default=False)
    ignore_budget = models.BooleanField(_("whatever the budget"), default=False)
    card = models.JSONField(null=True, editable=False)  # as a card brought it

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["-order", "pk"]

    def __str__(self) -> str:
        return self.title or ", ".join(map(str, self.keys[:3])) or "…"
