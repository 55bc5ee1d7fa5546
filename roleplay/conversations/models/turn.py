"""The work of a reply, or of an impersonation."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from roleplay.conversations.models.conversation import Conversation
from roleplay.conversations.models.message import Message
from roleplay.conversations.querysets import (
    IMPERSONATION,
    OPEN,
    OPEN_IMPERSONATION,
    OPEN_REPLY,
    RECORDED,
    TurnQuerySet,
)

LONGEST_MODEL = 100  # code points of a model's name


class TurnState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


class TurnKind(models.TextChoices):
    REPLY = "reply"
    RETRY = "retry"
    CONTINUE = "continue"
    IMPERSONATE = "impersonate"


class Turn(models.Model):
    """The work of one reply, or of a line drafted for its user: that is no `message`, and is to stand below `after`.
    Whoever holds its generation writes it.

    `text` is the whole text of its message so far, the prefix included; `Message.text` is
    written at the end. An open turn that is queued waits until `wake_at`, and `place` is its
    place in the line; one that runs is its owner's until `lease_expires_at`. A turn is open
    until `ended_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="turns")
    after = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(  # whose turn it is in the line
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=11, choices=TurnKind, default=TurnKind.REPLY)
    client_id = models.CharField(max_length=64, null=True)  # noqa: DJ001  of a command that made no message
    state = models.CharField(max_length=11, choices=TurnState, default=TurnState.QUEUED)
    generation = models.PositiveIntegerField(default=0)
    lease_expires_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    place = models.PositiveIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # that ended without more text
    claimed_length = models.PositiveIntegerField(
        default=0
    )  # code points of the text when it was claimed last
    spent = models.FloatField(default=0)  # seconds that earlier owners wrote
    text = models.TextField(blank=True)
    reasoning = models.TextField(blank=True)
    error = models.CharField(max_length=40, blank=True)
    model = models.CharField(max_length=LONGEST_MODEL, blank=True)  # that was asked
    usage = models.JSONField(null=True)
    cost = models.BigIntegerField(null=True)  # millionths of the currency; None where there is no price
    record = models.JSONField(null=True)  # what the model was told; of the newest turns alone
    breaks = models.JSONField(default=list)  # of the character, by its reply: pairs of check and words
    first_text_after = models.FloatField(null=True)  # seconds, of the owner that wrote last
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=OPEN_REPLY, name="one_open_reply_a_conversation"
            ),
            models.UniqueConstraint(
                fields=["conversation", "user"], condition=OPEN_IMPERSONATION, name="one_impersonation_a_user"
            ),
            models.UniqueConstraint(
                fields=["conversation", "user", "client_id"], name="one_turn_a_client_id"
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=OPEN, name="turn_open"),
            models.Index(
                fields=["conversation", "user", "created_at"],
                condition=IMPERSONATION,
                name="turn_impersonation",
            ),
            models.Index(fields=["conversation", "created_at"], condition=RECORDED, name="turn_recorded"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
