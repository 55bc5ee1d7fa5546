"""What is kept: conversations, who takes part, their messages and turns."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from roleplay.conversations.path import PathMessage
from roleplay.conversations.querysets import (
    COLUMNS,
    OPEN,
    ConversationQuerySet,
    MessageQuerySet,
    TurnQuerySet,
)


class Conversation(models.Model):
    """A tree of messages. `revision` counts its changes; `head` is where one stands, and `moved_at` the
    revision at which it went to another branch last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.PositiveIntegerField(default=1)
    moved_at = models.PositiveIntegerField(default=0)
    head = models.ForeignKey("Message", null=True, on_delete=models.SET_NULL, related_name="+")
    reinforce_every = models.PositiveSmallIntegerField(null=True, blank=True)
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
    """A character in a conversation, in the version that it began with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="cast")
    version = models.ForeignKey("characters.CharacterVersion", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.version)


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


class Reinforced(models.TextChoices):
    NO = ""
    SCHEDULE = "schedule"


class Deleted(models.TextChoices):
    """How much went with a message. It stays in its place, so that depth and counts hold and undo is free."""

    NO = ""
    ONE = "one"
    FROM_HERE = "from_here"  # with all below it: an alternative that is not offered


class Message(models.Model):
    """One thing that was said. Its siblings are its alternatives.

    `jump` is an ancestor further up (`path.jump_depth`), by which any other is found in a few steps. `left_at`
    is where the path ended when another alternative was chosen instead: coming back, one stands there again.
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
    deleted = models.CharField(max_length=9, choices=Deleted, default=Deleted.NO, blank=True)
    hidden = models.BooleanField(default=False)  # from the model
    edited = models.PositiveIntegerField(default=0)  # how often
    window_start = models.PositiveIntegerField(default=0)  # depth at which this reply's prompt begins
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


class Turn(models.Model):
    """The work of one reply. Whoever holds its generation writes it.

    `text` is the whole text of its message so far, the prefix included; `Message.text` is
    written at the end. An open turn that is queued waits until `wake_at`, and `place` is its
    place in the line; one that runs is its owner's until `lease_expires_at`. A turn is open
    until `ended_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="turns")
    user = models.ForeignKey(  # whose turn it is in the line
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=TurnKind, default=TurnKind.REPLY)
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
    usage = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=OPEN, name="one_open_turn_a_conversation"
            ),
            models.UniqueConstraint(
                fields=["conversation", "user", "client_id"], name="one_turn_a_client_id"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
