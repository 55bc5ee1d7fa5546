"""A conversation, and who takes part in it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from roleplay.conversations.querysets import ConversationQuerySet


class Conversation(models.Model):
    """A tree of messages. `revision` counts its changes; `head` is where one stands, and `moved_at` the
    revision at which it went to another branch last. `note` (the author's note), `scenario`, `reply_opening` and
    `reinforce_every` are its readers' own, and go before what the character brings; `next_opening` holds for one
    reply, and `reply_words` is how long replies are to be. `guarded`: what
    breaks a character is mended while a reply is written. `trial`: an author tries a draft, and throws this away. `told`, `cached` and `said` are tokens of all its turns,
    `cost` is in millionths of the currency.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.PositiveIntegerField(default=1)
    moved_at = models.PositiveIntegerField(default=0)
    head = models.ForeignKey("Message", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=100, blank=True)
    note = models.TextField(max_length=4000, blank=True)
    scenario = models.TextField(max_length=16_000, blank=True)
    note_depth = models.PositiveSmallIntegerField(default=4)  # messages from the newest, at written places
    written_places = models.BooleanField(default=False)  # the tail is told where its authors wrote it
    lorebooks = models.ManyToManyField("characters.Lorebook", blank=True, related_name="+")
    reply_opening = models.CharField(max_length=200, blank=True)
    next_opening = models.CharField(max_length=200, blank=True)
    reply_words = models.PositiveSmallIntegerField(null=True, blank=True)
    reinforce_every = models.PositiveSmallIntegerField(null=True, blank=True)
    guarded = models.BooleanField(default=True)
    trial = models.BooleanField(default=False)
    told = models.BigIntegerField(default=0)
    cached = models.BigIntegerField(default=0)
    said = models.BigIntegerField(default=0)
    cost = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now_add=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-updated_at"], name="conversation_newest")]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("conversation", args=[self.pk])


class Participant(models.Model):
    """A user in a conversation, and who he is in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    persona = models.ForeignKey("characters.Persona", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "user"], name="one_participant_a_user")
        ]

    def __str__(self) -> str:
        return str(self.user)


class CastMember(models.Model):
    """A character in a conversation, in the version that it began with, or that its reader took since; `before` is the one
    that he left for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="cast")
    version = models.ForeignKey("characters.CharacterVersion", on_delete=models.PROTECT, related_name="+")
    before = models.ForeignKey(
        "characters.CharacterVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.version)
