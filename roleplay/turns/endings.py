"""How a turn ends: its text goes into the message, and whoever wrote meanwhile gets the next reply. Atomic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from roleplay.conversations import events
from roleplay.conversations.models import (
    Conversation,
    Message,
    MessageState,
    Role,
    Turn,
    TurnState,
)
from roleplay.providers import errors
from roleplay.turns.beginning import begin, message_frame, raise_revision
from roleplay.turns.claims import Claim


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What a turn came to. `reason` for one that was finished or stopped, `error` (a code) for one that failed.

    `gained`: whether the reply has more than its prefix.
    """

    text: str
    reasoning: str = ""
    gained: bool = True
    reason: events.Reason | None = None
    error: str = ""
    window_start: int = 0
    usage: dict[str, Any] | None = None


@dataclass(frozen=True)
class Ended:
    """What browsers are to be told, and whether a next turn waits for an owner."""

    frames: tuple[events.Frame, ...]
    next_begun: bool


@transaction.atomic
def end(claim: Claim, ending: Ending, now: datetime) -> Ended | None:
    """Ends the turn; None where another owner has it."""
    conversation = Conversation.objects.select_for_update().get(pk=claim.conversation)
    turn = Turn.objects.held(claim.turn, claim.generation).select_related("message").first()
    return _end(conversation, turn, ending, now) if turn else None


@transaction.atomic
def end_waiting(conversation: Conversation, turn: Turn, now: datetime) -> Ended | None:
    """Stops a turn that nobody writes; None where somebody has just claimed it.

    The caller holds the conversation's lock.
    """
    return _end(conversation, turn, Ending(text=turn.text, reasoning=turn.reasoning, reason="stopped"), now)


def _end(conversation: Conversation, turn: Turn, ending: Ending, now: datetime) -> Ended | None:
    message_state = _message_state(ending)
    unclaimed = Turn.objects.filter(pk=turn.pk, generation=turn.generation, state=turn.state)
    if not unclaimed.update(
        state=_TURN_STATES[message_state],
        text=ending.text,
        reasoning=ending.reasoning,
        error=ending.error,
        usage=ending.usage,
        ended_at=now,
    ):
        return None

    reply = turn.message
    reply.text, reply.state, reply.error = ending.text, message_state, ending.error
    reply.window_start, reply.generation = ending.window_start, turn.generation
    reply.revision = raise_revision(conversation)
    reply.save(update_fields=["text", "state", "error", "window_start", "generation", "revision"])

    refused = ending.error == errors.ContentFiltered.code
    changed = _refuse_the_unanswered(reply) if refused else []
    head = conversation.head
    if head and head.role == Role.USER and head.state == MessageState.FINISHED:
        changed.append(begin(conversation, head))
    conversation.save(update_fields=["head", "revision", "updated_at"])

    frames = [_told(turn, reply, ending, conversation)]
    for message in changed:
        frames.append(
            events.message_saved(message_frame(message), conversation.revision, conversation.head_id)
        )
    return Ended(tuple(frames), next_begun=conversation.turns.open().exists())


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


def _refuse_the_unanswered(reply: Message) -> list[Message]:
    """Marks what the user said since the last reply: it stays, and later prompts leave it out."""
    refused = []
    said = reply.parent
    while said and said.role == Role.USER:
        said.state, said.error, said.revision = MessageState.REFUSED, reply.error, reply.revision
        said.save(update_fields=["state", "error", "revision"])
        refused.append(said)
        said = said.parent
    return refused


def _told(turn: Turn, reply: Message, ending: Ending, conversation: Conversation) -> events.Frame:
    saved, at = message_frame(reply), (conversation.revision, conversation.head_id)
    if ending.reason:
        return events.reply_finished(turn.pk, saved, ending.reason, *at)
    refused = ending.error == errors.ContentFiltered.code
    may_retry = not refused and reply.pk == conversation.head_id
    actions = ["retry"] if may_retry else []
    return events.turn_failed(turn.pk, saved, ending.error, actions, *at)
