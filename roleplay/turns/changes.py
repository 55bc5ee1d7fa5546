"""What a user may change of what was said. Nothing is lost: each change can be taken back.

Every function finds the conversation through its user, and raises `Conversation.DoesNotExist`
where he takes no part in it.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from roleplay.conversations import events
from roleplay.conversations.models import (
    GROWING,
    Conversation,
    Deleted,
    Edit,
    Message,
    MessageState,
    Role,
)
from roleplay.turns import branches
from roleplay.turns.beginning import begin, message_frame, raise_revision
from roleplay.turns.done import CommandRefused, Done, again, entered, may_begin, saved, stored_message
from roleplay.turns.judging import judged


@transaction.atomic
def edit(user: User, conversation_id: UUID, *, client_id: str, message_id: UUID, text: str) -> Done:
    """Gives a message another text, and keeps the one that it had.

    Saying it again with the same `client_id` changes nothing. Raises CommandRefused: no_such_message, busy,
    not_yours.
    """
    conversation, author = entered(user, conversation_id)
    message = _changeable(conversation, message_id)
    if message.role == Role.USER and message.author_id != author.pk:
        raise CommandRefused("not_yours")
    known = Edit.objects.filter(message=message, author=author, client_id=client_id).exists()
    if known or message.text == text:
        return Done(own=again(conversation, message, client_id))
    Edit.objects.create(message=message, author=author, client_id=client_id, text=message.text)
    # What broke off, or was refused, is now as somebody wants it.
    return _changed(
        conversation,
        message,
        client_id,
        text=text,
        drifted=bool(judged(message, text)),
        edited=F("edited") + 1,
        state=MessageState.FINISHED,
        error="",
    )


@transaction.atomic
def edit_anew(user: User, conversation_id: UUID, *, client_id: str, message_id: UUID, text: str) -> Done:
    """Says something else in the place of what the user said, beside it, and begins the reply to that.

    Raises CommandRefused: no_such_message, busy, not_yours, too_many_open.
    """
    conversation, author = entered(user, conversation_id)
    if stored := stored_message(conversation, author, client_id):
        return Done(own=again(conversation, stored, client_id))
    if conversation.turns.open_replies().exists():
        raise CommandRefused("busy")
    message = _changeable(conversation, message_id)
    if message.role != Role.USER or message.author_id != author.pk:
        raise CommandRefused("not_yours")
    may_begin(user)
    branches.leave(conversation, branches.parting(conversation.head, message.parent))
    said = Message.objects.create_below(
        message.parent,
        conversation=conversation,
        reply_number=message.reply_number,
        role=Role.USER,
        name=message.name,
        author=author,
        client_id=client_id,
        text=text,
        revision=raise_revision(conversation),
    )
    conversation.head = said
    reply = begin(conversation, said, user=user.pk)
    conversation.save(update_fields=["head", "revision", "updated_at"])
    return Done(own=saved(said, client_id), others=(saved(said),), all=(saved(reply),), wake=True)


@transaction.atomic
def delete(user: User, conversation_id: UUID, *, message_id: UUID, from_here: bool) -> Done:
    """Takes a message away, or it and all below it: then the path ends above it.

    Raises CommandRefused: no_such_message; busy; elsewhere where a part to be taken away is not on the path;
    beginning for everything from the beginning on.
    """
    conversation, _ = entered(user, conversation_id)
    if _found(conversation, message_id).deleted:
        return Done()
    message = _changeable(conversation, message_id)
    if not from_here:
        return _changed(conversation, message, deleted=Deleted.ONE)
    if conversation.turns.open_replies().exists():
        raise CommandRefused("busy")
    parting = branches.parting(conversation.head, message)
    if parting.kept != message.pk:
        raise CommandRefused("elsewhere")
    if message.parent is None:
        raise CommandRefused("beginning")
    left_at = conversation.head_id
    branches.move(conversation, message.parent)
    Message.objects.filter(pk=message.pk).update(
        deleted=Deleted.FROM_HERE, left_at=left_at, revision=conversation.revision
    )
    return _moved(conversation, message.parent.pk)


@transaction.atomic
def restore(user: User, conversation_id: UUID, *, message_id: UUID) -> Done:
    """Brings back what was deleted, and goes where it is. Raises CommandRefused: no_such_message, busy."""
    conversation, _ = entered(user, conversation_id)
    message = _found(conversation, message_id)
    if not message.deleted:
        return Done()
    parting = branches.parting(conversation.head, message)
    if message.deleted == Deleted.ONE or parting.entered is None:
        return _changed(conversation, message, deleted=Deleted.NO)
    if conversation.turns.open_replies().exists():
        raise CommandRefused("busy")
    branches.leave(conversation, parting)
    branches.move(conversation, branches.remembered(message.pk, message))
    Message.objects.filter(pk=message.pk).update(deleted=Deleted.NO, revision=conversation.revision)
    return _moved(conversation, parting.kept)


@transaction.atomic
def hide(user: User, conversation_id: UUID, *, message_id: UUID, hidden: bool) -> Done:
    """Keeps a message from the model, or shows it to it again. Raises CommandRefused: no_such_message, busy."""
    conversation, _ = entered(user, conversation_id)
    message = _changeable(conversation, message_id)
    return Done() if message.hidden == hidden else _changed(conversation, message, hidden=hidden)


@transaction.atomic
def name_checkpoint(user: User, conversation_id: UUID, *, message_id: UUID, name: str) -> Done:
    """Gives a message a name by which it is found again; without one, takes it away.

    Raises CommandRefused: no_such_message, busy.
    """
    conversation, _ = entered(user, conversation_id)
    message = _changeable(conversation, message_id)
    return Done() if message.checkpoint == name else _changed(conversation, message, checkpoint=name)


def _found(conversation: Conversation, message_id: UUID) -> Message:
    message = conversation.messages.filter(pk=message_id).first()
    if message is None:
        raise CommandRefused("no_such_message")
    return message


def _changeable(conversation: Conversation, message_id: UUID) -> Message:
    """A message that is there, and that nobody writes just now."""
    message = _found(conversation, message_id)
    if message.deleted:
        raise CommandRefused("no_such_message")
    if message.state in GROWING:
        raise CommandRefused("busy")
    return message


def _changed(
    conversation: Conversation, message: Message, client_id: str | None = None, **fields: object
) -> Done:
    revision = raise_revision(conversation)
    Message.objects.filter(pk=message.pk).update(revision=revision, **fields)
    message.refresh_from_db()
    conversation.save(update_fields=["revision", "updated_at"])
    frame = events.message_saved(message_frame(message), revision, conversation.head_id)
    if client_id is None:
        return Done(all=(frame,))
    return Done(own={**frame, "client_id": client_id}, others=(frame,))


def _moved(conversation: Conversation, kept: UUID | None) -> Done:
    conversation.save(update_fields=["head", "moved_at", "revision", "updated_at"])
    assert conversation.head_id
    return Done(all=(events.head_moved(conversation.head_id, kept, conversation.revision),))
