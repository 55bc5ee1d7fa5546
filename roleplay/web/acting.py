"""Commands carried out for a session: who it is, and what he takes part in, is looked up each time. Sync."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User

from roleplay.conversations import events, pages
from roleplay.conversations.models import Conversation, Message, Participant
from roleplay.turns import changes, impersonation, service
from roleplay.turns.done import CommandRefused, Done
from roleplay.web import commands, limits
from roleplay.web.visitors import user_of


@dataclass(frozen=True)
class Entered:
    """What a socket is told first."""

    hello: events.Frame
    operator: bool
    place: str  # among the user's sockets


def who(session: str, conversation_id: UUID) -> int:
    """The key of the user, whatever the conversation. Raises SignedOut."""
    return user_of(session).pk


def enter(session: str, conversation_id: UUID, socket: str) -> Entered:
    """Raises SignedOut, Conversation.DoesNotExist, TooManySockets."""
    user = user_of(session)
    conversation = _found(user, conversation_id)
    participant = Participant.objects.select_related("persona").get(conversation=conversation, user=user)
    you = {
        "id": str(participant.pk),
        "name": participant.persona.name if participant.persona else user.get_username(),
        "may": list(commands.NAMES),
    }
    open = pages.open_reply(conversation.turns.open_replies().first())
    hello = events.hello(conversation.revision, conversation.head_id, you, open)
    return Entered(hello, user.is_staff, limits.place_for(user.pk, socket))


def act(session: str, conversation_id: UUID, command: commands.Command) -> Done:
    """Carries out a command. Raises SignedOut, Conversation.DoesNotExist, service.CommandRefused."""
    user = user_of(session)
    match command:
        case commands.Send(client_id, text):
            _spend(user, conversation_id, client_id)
            return service.send(user, conversation_id, client_id=client_id, text=text)
        case commands.Retry(client_id, message):
            _spend(user, conversation_id, client_id)
            return service.retry(user, conversation_id, client_id=client_id, message_id=message)
        case commands.GoOn(client_id, message):
            _spend(user, conversation_id, client_id)
            return service.go_on(user, conversation_id, client_id=client_id, message_id=message)
        case commands.Impersonate(client_id):
            _spend(user, conversation_id, client_id)
            return impersonation.begin(user, conversation_id, client_id=client_id)
        case commands.StopImpersonation():
            return impersonation.stop(user, conversation_id)
        case commands.Edit(client_id, message, text, anew):
            if anew:
                _spend(user, conversation_id, client_id)
            act = changes.edit_anew if anew else changes.edit
            return act(user, conversation_id, client_id=client_id, message_id=message, text=text)
        case commands.Delete(message, from_here):
            return changes.delete(user, conversation_id, message_id=message, from_here=from_here)
        case commands.Restore(message):
            return changes.restore(user, conversation_id, message_id=message)
        case commands.Hide(message, hidden):
            return changes.hide(user, conversation_id, message_id=message, hidden=hidden)
        case commands.Checkpoint(message, name):
            return changes.name_checkpoint(user, conversation_id, message_id=message, name=name)
        case commands.Stop():
            return service.stop(user, conversation_id)
        case commands.Select(message, here):
            return service.select(user, conversation_id, message_id=message, here=here)
        case commands.Resume(revision):
            found = _found(user, conversation_id)
            reader = found.participants.get(user=user)
            return Done(own=pages.since(found, revision, reader))
        case commands.Ping():
            return Done(own=events.pong())


def pulse(session: str, conversation_id: UUID) -> events.Frame:
    """Where the conversation stands. Raises SignedOut, Conversation.DoesNotExist."""
    user = user_of(session)
    conversation = _found(user, conversation_id)
    open = pages.open_reply(conversation.turns.open_replies().first())
    drafted = pages.impersonation(conversation, user.pk)
    if drafted and drafted["ended"]:
        drafted = None
    return events.pulse(conversation.revision, conversation.head_id, open, drafted)


def is_there(conversation_id: UUID) -> bool:
    """Whether the conversation exists, for one who took part in it."""
    return Conversation.objects.filter(pk=conversation_id).exists()


def _found(user: User, conversation_id: UUID) -> Conversation:
    return Conversation.objects.visible_to(user).get(pk=conversation_id)


def _spend(user: User, conversation_id: UUID, client_id: str) -> None:
    """Takes one of the user's turns. What is stored already is answered however many are left."""
    if not limits.turn_taken(user.pk):
        stored = Message.objects.filter(conversation=conversation_id, author__user=user, client_id=client_id)
        if not stored.exists():
            raise CommandRefused("too_fast")
