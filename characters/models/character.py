"""Characters.

The text of a field is what the author wrote; how it becomes a prompt is `roleplay.prompt`'s affair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from characters.models.lorebook import Lorebook, SpeakerRole
from characters.rights import edits_all

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

LONG_TEXT = 16_000  # code points


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    CHINESE = "zh", "中文"


class Visibility(models.TextChoices):
    """Who meets a character besides its owner and the editors."""

    PRIVATE = "private", _("private: nobody else")
    UNLISTED = "unlisted", _("unlisted: whoever has its address")
    PUBLIC = "public", _("public: everybody, in the gallery")


class Picture(models.Model):
    """An avatar as it is served: re-encoded WebP, named by the SHA-256 of its bytes.

    It lives in the database so that every machine of an installation has it.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256[:12]

    def get_absolute_url(self) -> str:
        return reverse("picture", args=[self.sha256])


class CharacterQuerySet(models.QuerySet["Character"]):
    def written_by(self, user: User | AnonymousUser) -> CharacterQuerySet:
        """Those that the user may change: his own; an editor's are all."""
        return self if edits_all(user) else self.filter(owner=user.pk or 0)

    def visible_to(self, user: User | AnonymousUser) -> CharacterQuerySet:
        """Those that the user may meet, where he knows their address."""
        if edits_all(user):
            return self
        return self.filter(~Q(visibility=Visibility.PRIVATE) | Q(owner=user.pk or 0))

    def listed(self) -> CharacterQuerySet:
        """Those of the gallery."""
        return self.filter(visibility=Visibility.PUBLIC)

    def with_picture_names(self) -> CharacterQuerySet:
        """With their pictures' addresses, without their bytes."""
        return self.select_related("picture").defer("picture__data")


class Character(models.Model):
    """A character as its author sees it. What a conversation uses is a `CharacterVersion` of it.

    One without an `owner` is the house's. `published` is what readers get; None: what stands here. `unpublished`: what
    stands here says something else, it is a draft. `taken_down` is the reason for which an editor took it from the readers, "" where none did.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="characters",
    )
    slug = models.SlugField(_("address"), unique=True, max_length=80, allow_unicode=True)
    name = models.CharField(_("name"), max_length=64)
    nickname = models.CharField(_("short name"), max_length=64, blank=True)
    tagline = models.CharField(_("in one sentence"), max_length=200, blank=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ENGLISH)
    hue = models.PositiveSmallIntegerField(_("colour"), default=45, validators=[MaxValueValidator(359)])
    picture = models.ForeignKey(
        Picture, verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    visibility = models.CharField(
        _("who may meet it"), max_length=8, choices=Visibility, default=Visibility.PRIVATE
    )
    taken_down = models.TextField(_("taken down"), max_length=1000, blank=True)
    published = models.ForeignKey(
        "CharacterVersion", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    unpublished = models.BooleanField(_("draft"), default=False, editable=False)
    open_definition = models.BooleanField(_("open definition"), default=False)

    description = models.TextField(_("description"), max_length=LONG_TEXT, blank=True)
    personality = models.TextField(_("personality"), max_length=LONG_TEXT, blank=True)
    background = models.TextField(_("background and motives"), max_length=LONG_TEXT, blank=True)
    speech = models.TextField(_("manner of speech"), max_length=LONG_TEXT, blank=True)
    scenario = models.TextField(_("scenario"), max_length=LONG_TEXT, blank=True)
    rules = models.TextField(_("rules of the scene"), max_length=LONG_TEXT, blank=True)
    examples = models.TextField(_("example dialogue"), max_length=LONG_TEXT, blank=True)
    lorebooks = models.ManyToManyField(
        Lorebook, verbose_name=_("lorebooks"), blank=True, related_name="characters"
    )
    system_prompt = models.TextField(_("opening of the prompt"), max_length=LONG_TEXT, blank=True)
    post_history = models.TextField(_("post-history instructions"), max_length=LONG_TEXT, blank=True)
    depth_prompt = models.TextField(_("depth prompt"), max_length=LONG_TEXT, blank=True)
    depth_prompt_depth = models.PositiveSmallIntegerField(_("its depth"), default=4)
    depth_prompt_role = models.CharField(
        _("its role"), max_length=9, choices=SpeakerRole, default=SpeakerRole.SYSTEM
    )
    reply_prefix = models.CharField(_("reply prefix"), max_length=200, blank=True)
    reinforce_every = models.PositiveSmallIntegerField(
        _("say it again every N replies"), null=True, blank=True
    )

    reminder = models.TextField(_("short reminder"), max_length=LONG_TEXT, blank=True)

    never_says = models.TextField(_("never says"), max_length=LONG_TEXT, blank=True)  # a phrase in each line
    calls_user = models.CharField(_("calls the user"), max_length=64, blank=True)
    begins_with = models.CharField(_("begins with"), max_length=200, blank=True)
    ends_with = models.CharField(_("ends with"), max_length=200, blank=True)
    keeps_language = models.BooleanField(_("keeps to its language"), default=False)
    most_words = models.PositiveSmallIntegerField(_("at most so many words"), null=True, blank=True)
    reports_only = models.JSONField(_("only reported"), default=list, blank=True)  # checks that do not guard
    when_cut = models.TextField(_("said after a cut"), max_length=1000, blank=True)
    may_be_machine = models.BooleanField(_("may say that it is a machine"), default=False)

    creator = models.CharField(_("creator"), max_length=200, blank=True)
    creator_notes = models.TextField(_("creator’s notes"), max_length=LONG_TEXT, blank=True)
    card = models.JSONField(
        null=True, editable=False
    )  # the whole of the one that it came from, as it was written
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CharacterQuerySet.as_manager()

    class Meta:
        verbose_name = _("character")
        verbose_name_plural = _("characters")
        ordering = ["pk"]
        permissions = [("edit_every_character", "Can edit every character")]
        indexes = [
            models.Index(fields=["visibility", "-id"], name="character_newest"),
            models.Index(fields=["visibility", "language", "-id"], name="character_newest_in_language"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_down="") | Q(visibility=Visibility.PRIVATE), name="taken_down_is_private"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("character", args=[self.slug])

    @property
    def char(self) -> str:
        """The name under which it speaks."""
        return self.nickname or self.name
