"""The steps of a turn, taken one by one: something is said, the reply is claimed, and it ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.utils import timezone

from roleplay.conversations.models import Conversation, Message, Turn
from roleplay.turns import claims, service
from roleplay.turns.claims import Claim
from roleplay.turns.done import Done
from roleplay.turns.endings import Ending, Told, end

NOW = timezone.now().replace(microsecond=0)
LATER = NOW + timedelta(minutes=1)


def say(user: User, conversation: Conversation, text: str = "Hello?", client_id: str = "") -> Done:
    return service.send(user, conversation.pk, client_id=client_id or str(uuid4()), text=text)


def claim_due(now: datetime, **options: Any) -> list[Claim]:
    return list(claims.claim_due(now, **options).claims)


def claimed(user: User, conversation: Conversation, text: str = "Hello?") -> Claim:
    """The claim of the reply to what is said now."""
    say(user, conversation, text)
    (claim,) = claim_due(NOW)
    return claim


def answered(user: User, conversation: Conversation, said: str = "Hello?", **ending: Any) -> Message:
    """The reply to what is said now, at its end: a whole one, unless `ending` says otherwise."""
    claim = claimed(user, conversation, said)
    finish(claim, **(ending or {"text": "A reply.", "reason": "stop"}))
    return reply_of(claim)


def finish(claim: Claim, **ending: Any) -> Told:
    told = end(claim, Ending(**{"text": "", **ending}), NOW)
    assert told is not None, "another owner has it"
    return told


def reply_of(claim: Claim) -> Message:
    assert claim.message
    return Message.objects.get(pk=claim.message)


def turn_of(claim: Claim) -> Turn:
    return Turn.objects.get(pk=claim.turn)


def path(conversation: Conversation) -> list[tuple[str, str, str]]:
    """Role, text and state of each message up to the head."""
    conversation.refresh_from_db()
    return [(m.role, m.text, m.state) for m in Message.objects.path_to(conversation.head_id, 100)]
