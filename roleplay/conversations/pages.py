"""What a page or a socket shows of a conversation: the newest of its path, with the open reply. Sync."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from roleplay.conversations import events
from roleplay.conversations.models import GROWING, Conversation, Message, Participant, Turn
from roleplay.conversations.path import PathMessage

PAGE = 50  # messages


@dataclass(frozen=True)
class Page:
    """Messages of the path to `head`, oldest first; `earlier` and `later` tell whether there are more."""

    revision: int
    head: UUID | None
    messages: list[events.MessageFrame]
    open: events.OpenReply | None
    earlier: bool = False
    later: bool = False


def newest(conversation: Conversation, reader: UUID | None = None) -> Page:
    """The newest messages of the conversation's path, as the participant `reader` sees them."""
    turn = conversation.turns.open_replies().first()
    path, earlier = _cut(Message.objects.path_to(conversation.head_id, PAGE + 1))
    if turn and any(message.id == turn.message_id and message.state not in GROWING for message in path):
        turn = None  # it ended between the two readings
    return Page(
        conversation.revision,
        conversation.head_id,
        frames(conversation, path, turn, reader),
        open_reply(turn),
        earlier,
    )


def before(conversation: Conversation, message: UUID) -> Page:
    """The messages before `message` on its path. Raises Message.DoesNotExist."""
    known = conversation.messages.get(pk=message)
    path, earlier = _cut(Message.objects.path_to(known.parent_id, PAGE + 1))
    return Page(
        conversation.revision, conversation.head_id, frames(conversation, path, None, None), None, earlier
    )


def after(conversation: Conversation, message: UUID | None, reader: UUID) -> Page:
    """The messages after `message` on the conversation's path; without one, its beginning.

    Raises Message.DoesNotExist where it is not on the path.
    """
    depth = -1 if message is None else conversation.messages.get(pk=message).depth
    return _down_to(conversation, message, depth, PAGE, reader, most=PAGE)


def around(conversation: Conversation, message: UUID, reader: UUID) -> Page:
    """The part of the conversation's path that has the message in its middle.

    Raises Message.DoesNotExist where it is not on the path.
    """
    depth = conversation.messages.get(pk=message).depth
    return _down_to(conversation, message, depth, PAGE // 2, reader)


def _down_to(
    conversation: Conversation,
    message: UUID | None,
    depth: int,
    further: int,
    reader: UUID,
    most: int | None = None,
) -> Page:
    """The path down to `further` messages below one at the depth: a page, or those below it where `most` is given."""
    head, turn = conversation.head, conversation.turns.open_replies().first()
    if head is None or (message and Message.objects.ancestor(head.pk, depth) != message):
        raise Message.DoesNotExist
    last = Message.objects.ancestor(head.pk, min(depth + further, head.depth))
    wanted = PAGE + 1 if most is None else min(most, head.depth - depth)
    path, earlier = _cut(Message.objects.path_to(last, wanted) if wanted else [])
    told = frames(conversation, path, turn, reader)
    return Page(conversation.revision, head.pk, told, open_reply(turn), earlier, later=last != head.pk)


def since(conversation: Conversation, revision: int, reader: Participant) -> events.Frame:
    """A snapshot: what changed of the path since `revision`, and what is drafted for the reader."""
    page = newest(conversation, reader.pk)
    drafted = impersonation(conversation, reader.user_id)
    if 0 < revision < conversation.moved_at:
        return events.snapshot(page.revision, page.head, page.messages, page.open, drafted, reset=True)
    changed = [message for message in page.messages if message["revision"] > revision]
    # Where even the oldest that was read has changed, there may be more before it.
    reset = page.earlier and len(changed) == len(page.messages)
    return events.snapshot(page.revision, page.head, changed, page.open, drafted, reset)


def impersonation(conversation: Conversation, user: int) -> events.OpenImpersonation | None:
    """The newest line that was drafted for the user; None where none was."""
    turn = conversation.turns.impersonations_of(user).first()
    if turn is None:
        return None
    return {
        "turn": str(turn.pk),
        "generation": turn.generation,
        "text": turn.text,
        "place": turn.place,
        "sentence": "",
        "ended": turn.ended_at is not None,
    }


def open_reply(turn: Turn | None) -> events.OpenReply | None:
    if turn is None:
        return None
    return {
        "turn": str(turn.pk),
        "message": str(turn.message_id),
        "generation": turn.generation,
        "text": turn.text,
        "place": turn.place,
        "sentence": "",
    }


def frames(
    conversation: Conversation, path: Sequence[PathMessage], turn: Turn | None, reader: UUID | None
) -> list[events.MessageFrame]:
    """The messages as the reader is told of them; the open reply with its text so far."""
    siblings = conversation.messages.alternatives([message.parent for message in path])
    told = [events.message(message, siblings.get(message.parent, []), reader=reader) for message in path]
    for message in told:
        if turn and message["id"] == str(turn.message_id):
            message["text"] = turn.text
    return told


def _cut(path: list[PathMessage]) -> tuple[list[PathMessage], bool]:
    return path[-PAGE:], len(path) > PAGE
