"""What comes of a command, and what each one begins with. Sync, inside the command's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User

from roleplay.conversations import events
from roleplay.conversations.models import Conversation, Message, Participant, Turn
from roleplay.turns.beginning import message_frame

MOST_OPEN = 4  # turns of one user


class CommandRefused(Exception):
    """A command that cannot be done now. `code` says why, in the words of docs/protocol.md."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Done:
    """What came of a command: a frame for the sender alone, frames for all, and whether a turn waits for an owner."""

    own: events.Frame | None = None
    others: tuple[events.Frame, ...] = ()  # the same, for everybody else
    all: tuple[events.Frame, ...] = ()
    only: int | None = None  # `all` is for the sockets of this user alone
    wake: bool = False


def entered(user: User, conversation_id: UUID) -> tuple[Conversation, Participant]:
    """The conversation, its row locked: one order for all.

    Without its head: whoever has waited for the lock on PostgreSQL reads this row as it is now, and those
    joined to it as they were before.
    """
    conversation = (
        Conversation.objects.visible_to(user).select_for_update(of=("self",)).get(pk=conversation_id)
    )
    return conversation, conversation.participants.select_related("persona").get(user=user)


def may_begin(user: User) -> None:
    if Turn.objects.open().filter(user=user).count() >= MOST_OPEN:
        raise CommandRefused("too_many_open")


def stored_message(conversation: Conversation, author: Participant, client_id: str) -> Message | None:
    return conversation.messages.filter(author=author, client_id=client_id).first()


def saved(message: Message, client_id: str | None = None) -> events.Frame:
    """What is told of a message that has just become the head."""
    frame = events.message_saved(message_frame(message), message.revision, message.pk)
    return frame if client_id is None else {**frame, "client_id": client_id}


def again(conversation: Conversation, message: Message, client_id: str) -> events.Frame:
    """What is told of a message that was saved before: nothing that a page has not, or would not ask for."""
    frame = events.message_saved(message_frame(message), message.revision, conversation.head_id)
    return {**frame, "client_id": client_id}
