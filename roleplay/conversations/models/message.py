"""What was said, and what it said before."""

from __future__ import annotations

import uuid

from django.db import models

from roleplay.conversations.models.conversation import CastMember, Conversation, Participant
from roleplay.conversations.path import PathMessage
from roleplay.conversations.querysets import COLUMNS, MessageQuerySet

LONGEST_NAME = 64  # code points of a name


class Role(models.TextChoices):
    USER = "user"
    ASSISTANT = "assistant"
    SYSTEM = "system"


class MessageState(models.TextChoices):
    PENDING = "pending"
    STREAMING = "streaming"
    FINISHED = "finished"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    FAILED = "failed"
    REFUSED = "refused"


GROWING = (MessageState.PENDING, MessageState.STREAMING)


class Reinforced(models.TextChoices):
    NO = ""
    SCHEDULE = "schedule"
    DRIFT = "drift"  # the reply before it broke its character
    CUT = "cut"  # it broke its character itself, and was cut


class Deleted(models.TextChoices):
    """How much went with a message. It stays in its place, so that depth and counts hold and undo is free."""

    NO = ""
    ONE = "one"
    FROM_HERE = "from_here"  # with all below it: an alternative that is not offered


class Message(models.Model):
    """One thing that was said. Its siblings are its alternatives.

    `jump` is an ancestor further up (`path.jump_depth`), by which any other is found in a few steps. `left_at`
    is where the path ended when another alternative was chosen instead: coming back, one stands there again.
    `parted`: it has alternatives, of which some may be deleted. `checkpoint` is the name that a reader gave the place.
    `author` is the participant whose command made the row: who wrote a user's message, or who
    asked for a reply anew. `cast_member` is the character that speaks in a reply.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    depth = models.PositiveIntegerField(default=0)
    jump = models.UUIDField(
        null=True, editable=False
    )  # no foreign keys: nothing is looked up from their side
    left_at = models.UUIDField(null=True, editable=False)
    reply_number = models.PositiveIntegerField(default=0)  # replies on the path up to and with this one
    role = models.CharField(max_length=9, choices=Role)
    name = models.CharField(max_length=64)
    author = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    cast_member = models.ForeignKey(CastMember, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=11, choices=MessageState, default=MessageState.FINISHED)
    error = models.CharField(max_length=40, blank=True)  # a code of roleplay.providers.errors
    revision = models.PositiveIntegerField(default=1)
    generation = models.PositiveIntegerField(default=0)
    client_id = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001  NULL keeps it out of the constraint
    reinforced = models.CharField(max_length=8, choices=Reinforced, default=Reinforced.NO, blank=True)
    last_reinforced = models.PositiveIntegerField(
        default=0
    )  # number of the newest reinforced reply of the path, this one included
    timed_lore = models.JSONField(null=True)  # what stays or rests of the lorebooks, as this reply left it
    deleted = models.CharField(max_length=9, choices=Deleted, default=Deleted.NO, blank=True)
    hidden = models.BooleanField(default=False)  # from the model
    edited = models.PositiveIntegerField(default=0)  # how often
    drifted = models.BooleanField(default=False)  # a check of its character failed
    parted = models.BooleanField(default=False, editable=False)
    checkpoint = models.CharField(max_length=LONGEST_NAME, blank=True)
    window_start = models.PositiveIntegerField(default=0)  # depth at which the model's view begins
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "author", "client_id"], name="one_message_a_client_id"
            )
        ]
        indexes = [
            models.Index(fields=["conversation", "depth"], name="message_depth"),
            models.Index(fields=["conversation", "parent"], name="message_parent"),
            models.Index(
                fields=["conversation", "depth"], condition=models.Q(parted=True), name="message_parted"
            ),
            models.Index(
                fields=["conversation", "created_at"],
                condition=~models.Q(checkpoint=""),
                name="message_checkpoint",
            ),
            models.Index(fields=["cast_member"], condition=models.Q(drifted=True), name="message_drifted"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def said(self) -> PathMessage:
        """The row as a path has it."""
        return PathMessage._make(getattr(self, column) for column in COLUMNS)


class Edit(models.Model):
    """What a message said before it was changed, and by whose command that was."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="edits")
    author = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    client_id = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "author", "client_id"], name="one_edit_a_client_id")
        ]

    def __str__(self) -> str:
        return str(self.pk)
