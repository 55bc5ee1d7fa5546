"""How a turn ends: its text goes into the message, and whoever wrote meanwhile gets the next reply. Atomic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from roleplay.conversations import events, impersonation_events
from roleplay.conversations.models import (
    LONGEST_MODEL,
    Conversation,
    Message,
    MessageState,
    Role,
    Turn,
    TurnKind,
    TurnState,
)
from roleplay.conversations.querysets import OPEN
from roleplay.providers import errors, sse
from roleplay.providers.prices import Price
from roleplay.turns import usage
from roleplay.turns.beginning import begin, message_frame, raise_revision
from roleplay.turns.claims import Claim
from roleplay.turns.judging import judged

Told = tuple[events.Frame, ...]


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What a turn came to. `reason` for one that was finished or stopped, `error` (a code) for one that failed.

    `gained`: whether the reply has more than its prefix; `continues`: whether its model can go on with its words.
    """

    text: str
    reasoning: str = ""
    gained: bool = True
    continues: bool = False
    reason: events.Reason | None = None
    error: str = ""
    window_start: int = 0
    usage: dict[str, Any] | None = None
    model: str = ""  # that was asked
    price: Price | None = None
    first_text_after: float | None = None  # seconds

    @property
    def cost(self) -> int | None:
        return self.price.cost(sse.Usage(**self.usage)) if self.price and self.usage else None


@transaction.atomic
def end(claim: Claim, ending: Ending, now: datetime) -> Told | None:
    """Ends the turn, and returns what browsers are to be told; None where another owner has it, or where its
    conversation was thrown away.
    """
    conversation = Conversation.objects.select_for_update().filter(pk=claim.conversation).first()
    held = Turn.objects.held(claim.turn, claim.generation).select_for_update(of=("self",))
    turn = held.select_related(*_JUDGED).first()
    return _end(conversation, turn, ending, now) if conversation and turn else None


@transaction.atomic
def stop(conversation: Conversation, turns: QuerySet[Turn], now: datetime) -> Told | None:
    """Ends the one that is open of the conversation's `turns` with the text that is saved of it, whoever writes it;
    None where there is none.

    An owner finds at its next write, or its next renewal, that the turn is not its own any more. The caller
    holds the conversation's lock; the turn's own keeps a save from coming between.
    """
    turn = turns.filter(OPEN).select_for_update(of=("self",)).select_related(*_JUDGED).first()
    if turn is None:
        return None
    return _end(conversation, turn, Ending(text=turn.text, reasoning=turn.reasoning, reason="stopped"), now)


def _end(conversation: Conversation, turn: Turn, ending: Ending, now: datetime) -> Told:
    if turn.message is None:
        return _end_impersonation(turn, ending, now)
    goes_on = turn.kind == TurnKind.CONTINUE  # what it had is kept, whatever came of it
    ending = replace(ending, gained=ending.gained or goes_on)
    message_state = _message_state(ending)
    turn.breaks = judged(turn.message, ending.text)
    _write(turn, _TURN_STATES[message_state], ending, now)

    reply = turn.message
    reply.text, reply.state, reply.error = ending.text, message_state, ending.error
    reply.window_start = max(reply.window_start, ending.window_start)
    reply.generation = turn.generation
    reply.revision, reply.drifted = raise_revision(conversation), bool(turn.breaks)
    reply.save(update_fields=_OF_A_REPLY)

    told = [_told(turn, reply, ending, conversation)]
    if ending.error == errors.ContentFiltered.code and not goes_on:
        told += (_saved(refused, conversation) for refused in _refuse_the_unanswered(reply, conversation))
    head = conversation.head
    if head and head.role == Role.USER and head.state == MessageState.FINISHED:
        next = begin(conversation, head, user=head.author.user_id if head.author else None)
        told.append(_saved(next, conversation))
    conversation.save(update_fields=["head", "revision", "updated_at"])
    return tuple(told)


def _end_impersonation(turn: Turn, ending: Ending, now: datetime) -> Told:
    """It is no message: only its user is told of it."""
    state = _TURN_STATES[_message_state(ending)]
    _write(turn, state, ending, now)
    if ending.reason:
        return (impersonation_events.finished(turn.pk, ending.text, ending.reason),)
    return (impersonation_events.failed(turn.pk, ending.text, ending.error),)


def _write(turn: Turn, state: TurnState, ending: Ending, now: datetime) -> None:
    turn.state, turn.text, turn.reasoning = state, ending.text, ending.reasoning
    turn.error, turn.usage, turn.ended_at, turn.place = ending.error, ending.usage, now, None
    turn.first_text_after, turn.cost = ending.first_text_after, ending.cost
    turn.model = ending.model[:LONGEST_MODEL]
    turn.save(update_fields=_OF_AN_END)
    usage.count(turn, now)


_JUDGED = ("message__cast_member__version", "message__parent")
_OF_AN_END = [
    "state",
    "text",
    "reasoning",
    "error",
    "usage",
    "model",
    "cost",
    "first_text_after",
    "breaks",
    "ended_at",
    "place",
]
_OF_A_REPLY = ["text", "state", "error", "window_start", "generation", "revision", "drifted"]


_TURN_STATES = {
    MessageState.FINISHED: TurnState.FINISHED,
    MessageState.STOPPED: TurnState.STOPPED,
    MessageState.INTERRUPTED: TurnState.INTERRUPTED,
    MessageState.FAILED: TurnState.FAILED,
    MessageState.REFUSED: TurnState.FAILED,
}


def _message_state(ending: Ending) -> MessageState:
    if ending.reason:
        return MessageState.STOPPED if ending.reason == "stopped" else MessageState.FINISHED
    if ending.gained:
        return MessageState.INTERRUPTED
    return MessageState.REFUSED if ending.error == errors.ContentFiltered.code else MessageState.FAILED


def _refuse_the_unanswered(reply: Message, conversation: Conversation) -> Iterator[Message]:
    """Marks what the user said since the last reply: it stays, and later prompts leave it out."""
    said = reply.parent
    while said and said.role == Role.USER:
        said.state, said.error = MessageState.REFUSED, reply.error
        said.revision = raise_revision(conversation)
        said.save(update_fields=["state", "error", "revision"])
        yield said
        said = said.parent


def _saved(message: Message, conversation: Conversation) -> events.Frame:
    return events.message_saved(message_frame(message), message.revision, conversation.head_id)


def _told(turn: Turn, reply: Message, ending: Ending, conversation: Conversation) -> events.Frame:
    saved, at = message_frame(reply), (conversation.revision, conversation.head_id)
    if ending.reason:
        return events.reply_finished(turn.pk, saved, ending.reason, *at)
    refused = ending.error == errors.ContentFiltered.code
    may_retry = not refused and reply.pk == conversation.head_id
    actions = ["retry"] * may_retry + ["continue"] * (ending.gained and ending.continues)
    return events.turn_failed(turn.pk, saved, ending.error, actions, *at)
