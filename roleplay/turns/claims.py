"""Who writes a turn: claims and their return. Fencing is by generation alone. Sync and atomic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from roleplay.conversations.models import Message, MessageState, Turn, TurnState
from roleplay.turns.checkpoints import LEASE

AT_ONCE = 200  # turns claimed in one go


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The right to write a turn, until somebody claims it with a higher generation.

    `text` and `reasoning` are what is saved of the reply so far; `prefix` is what it was to begin with.
    """

    turn: UUID
    conversation: UUID
    message: UUID
    kind: str
    generation: int
    resumes: int
    stop_requested: bool
    prefix: str
    text: str
    reasoning: str


def claim_due(now: datetime, *, orphans: bool = False) -> list[Claim]:
    """Claims the turns that have no owner: queued ones that are awake, and those whose lease has run out.

    `orphans`: every running turn counts as left, clocks aside. True only where this process is the one owner.
    """
    due = Turn.objects.open() if orphans else Turn.objects.due(now)[:AT_ONCE]
    rows = list(due.select_related("message"))
    if not rows:
        return []
    with transaction.atomic():
        return [claim for turn in rows if (claim := _claim(turn, now))]


def release(claim: Claim, *, wake_at: datetime | None, failed: bool) -> bool:
    """Gives a turn back, to be claimed again from `wake_at` on; a `failed` try counts against it.

    Whether it was still ours.
    """
    return bool(
        Turn.objects.held(claim.turn, claim.generation).update(
            state=TurnState.QUEUED,
            lease_expires_at=None,
            wake_at=wake_at,
            resumes=F("resumes") + int(failed),
        )
    )


def _claim(turn: Turn, now: datetime) -> Claim | None:
    left = turn.state == TurnState.RUNNING
    claimed = Turn.objects.filter(pk=turn.pk, generation=turn.generation, state=turn.state).update(
        state=TurnState.RUNNING,
        generation=turn.generation + 1,
        lease_expires_at=now + LEASE,
        wake_at=None,
        resumes=turn.resumes + int(left),
    )
    if not claimed:
        return None
    Message.objects.filter(pk=turn.message_id).update(
        state=MessageState.STREAMING, generation=turn.generation + 1
    )
    return Claim(
        turn=turn.pk,
        conversation=turn.conversation_id,
        message=turn.message_id,
        kind=turn.kind,
        generation=turn.generation + 1,
        resumes=turn.resumes + int(left),
        stop_requested=turn.stop_requested,
        prefix=turn.message.text,  # until the end, which writes the whole
        text=turn.text,
        reasoning=turn.reasoning,
    )
