"""What a user may say next, drafted by the model for him alone: no message until he sends it.

Every function finds the conversation through its user, and raises `Conversation.DoesNotExist` where he takes no
part in it.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from roleplay.conversations import impersonation_events
from roleplay.conversations.models import Conversation, Turn, TurnKind
from roleplay.turns import endings
from roleplay.turns.done import CommandRefused, Done, entered, may_begin
from roleplay.turns.endings import Told


@transaction.atomic
def begin(user: User, conversation_id: UUID, *, client_id: str) -> Done:
    """Begins to draft what the user may say below the head. One that is still open ends.

    Saying it again with the same `client_id` answers with what is begun. Raises CommandRefused: busy while a reply
    is open, too_many_open.
    """
    conversation, _ = entered(user, conversation_id)
    known = conversation.turns.filter(user=user, client_id=client_id).first()
    if known:
        return Done(own=impersonation_events.begun(known.pk, client_id))
    if conversation.turns.open_replies().exists():
        raise CommandRefused("busy")
    left = _stop(conversation, user)
    may_begin(user)
    turn = Turn.objects.create(
        conversation=conversation,
        after_id=conversation.head_id,
        user=user,
        kind=TurnKind.IMPERSONATE,
        client_id=client_id,
    )
    own = impersonation_events.begun(turn.pk, client_id)
    return Done(own=own, all=left, only=user.pk, wake=True)


@transaction.atomic
def stop(user: User, conversation_id: UUID) -> Done:
    """Ends what is being drafted for the user, and keeps what was shown of it."""
    conversation, _ = entered(user, conversation_id)
    told = _stop(conversation, user)
    return Done(all=told, only=user.pk, wake=True) if told else Done()


def _stop(conversation: Conversation, user: User) -> Told:
    return endings.stop(conversation, conversation.turns.impersonations_of(user.pk), timezone.now()) or ()
