"""Who writes a turn: claims and their return. Fencing is by generation alone. Sync and atomic."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from roleplay.conversations.models import Message, MessageState, Turn, TurnState
from roleplay.turns.line import Waiting, in_line

LEASE = timedelta(seconds=4)
BRIEF = timedelta(seconds=2)  # a pause in which nobody need be told his place


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The right to write a turn, until somebody claims it with a higher generation.

    `message` is the reply; None for an impersonation, a line that `user` may say below `after`.
    `text` and `reasoning` are what is saved of the reply so far; `prefix` is what it was to begin with.
    `tries` counts those that ended without more text; `spent` are the seconds that earlier owners wrote.
    """

    turn: UUID
    conversation: UUID
    message: UUID | None
    after: UUID | None
    user: int | None
    kind: str
    generation: int
    tries: int
    spent: float
    prefix: str
    text: str
    reasoning: str


@dataclass(frozen=True)
class Sweep:
    """What was claimed, and those whose place in the line has changed."""

    claims: tuple[Claim, ...] = ()
    moved: tuple[Waiting, ...] = ()


def claim_due(
    now: datetime, *, room: int | None = None, orphans: bool = False, but: Collection[UUID] = ()
) -> Sweep:
    """Claims turns that have no owner, in the order of the line: queued ones that are awake, and those whose
    lease has run out. At most `room` of them; the others are given their place.

    `orphans`: every running turn counts as left, clocks aside. True only where this process is the one owner.
    `but`: those that this process writes, whatever their leases say.
    """
    unowned = Turn.objects.open() if orphans else Turn.objects.unowned(now)
    waiting = [each for each in _waiting(unowned, now) if each.turn not in but]
    if not waiting:
        return Sweep()
    scarce = room is not None and room < len(waiting)
    writing = (
        Turn.objects.open().exclude(pk__in=[each.turn for each in waiting]).values_list("user", flat=True)
    )
    ordered = in_line(waiting, writing if scarce else ())
    taken = dict.fromkeys([each.turn for each in ordered if each.awake][:room])
    left = [each for each in ordered if each.stands and each.turn not in taken]
    with transaction.atomic():
        claims = tuple(_claimed(list(taken), None if orphans else now, now + LEASE))
        return Sweep(claims, _placed(left))


def release(claim: Claim, *, wake_at: datetime | None, failed: bool, spent: float = 0.0) -> bool:
    """Gives a turn back after `spent` seconds, to be claimed again from `wake_at` on; a `failed` try counts.

    Whether it was still ours.
    """
    return bool(
        Turn.objects.held(claim.turn, claim.generation).update(
            state=TurnState.QUEUED,
            lease_expires_at=None,
            wake_at=wake_at,
            tries=F("tries") + int(failed),
            spent=F("spent") + spent,
        )
    )


def _waiting(turns: QuerySet[Turn], now: datetime) -> list[Waiting]:
    rows = turns.values_list(
        "pk", "conversation", "message", "user", "created_at", "state", "wake_at", "place"
    )
    return [
        Waiting(
            turn,
            conversation,
            message,
            user,
            created_at,
            awake=state == TurnState.RUNNING or wake_at is None or wake_at <= now,
            stands=state == TurnState.QUEUED
            and (place is not None or wake_at is None or not now < wake_at <= now + BRIEF),
            place=place,
        )
        for turn, conversation, message, user, created_at, state, wake_at, place in rows
    ]


def _claimed(turns: list[UUID], lapsed: datetime | None, lease_expires_at: datetime) -> Iterable[Claim]:
    """Claims those that are still without an owner: whose lease has `lapsed` by then, or whatever it says.

    The rows are locked before they are read: an old owner that writes meanwhile is heard, or fenced off.
    """
    locked = Turn.objects.open().select_for_update(skip_locked=True, of=("self",)).select_related("message")
    rows = {turn.pk: turn for turn in locked.filter(pk__in=turns).order_by("pk")}
    for turn in (rows[pk] for pk in turns if pk in rows):
        running = turn.state == TurnState.RUNNING
        if running and lapsed and turn.lease_expires_at and turn.lease_expires_at >= lapsed:
            continue
        if not running and lapsed and turn.wake_at and turn.wake_at > lapsed:
            continue  # given back meanwhile
        # An owner that died without adding to the text has had a try that failed.
        turn.tries += int(running and len(turn.text) == turn.claimed_length)
        turn.state, turn.generation, turn.lease_expires_at = (
            TurnState.RUNNING,
            turn.generation + 1,
            lease_expires_at,
        )
        turn.wake_at = turn.place = None
        turn.claimed_length = len(turn.text)
        turn.save(update_fields=_OF_A_CLAIM)
        if turn.message_id:
            Message.objects.filter(pk=turn.message_id).update(
                state=MessageState.STREAMING, generation=turn.generation
            )
        yield Claim(
            turn=turn.pk,
            conversation=turn.conversation_id,
            message=turn.message_id,
            after=turn.after_id,
            user=turn.user_id,
            kind=turn.kind,
            generation=turn.generation,
            tries=turn.tries,
            spent=turn.spent,
            prefix=turn.message.text if turn.message else "",  # until the end, which writes the whole
            text=turn.text,
            reasoning=turn.reasoning,
        )


_OF_A_CLAIM = ["state", "generation", "lease_expires_at", "wake_at", "place", "tries", "claimed_length"]


def _placed(left: list[Waiting]) -> tuple[Waiting, ...]:
    """Writes down the places that have changed."""
    placed = [each._replace(place=place) for place, each in enumerate(left, 1)]
    moved = [now for now, before in zip(placed, left, strict=True) if now.place != before.place]
    queued = Turn.objects.filter(state=TurnState.QUEUED)
    queued.bulk_update([Turn(pk=each.turn, place=each.place) for each in moved], ["place"])
    return tuple(moved)
