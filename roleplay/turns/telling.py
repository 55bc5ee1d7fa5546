"""What browsers are told of a turn while it is written: of a reply all that see it, of an impersonation its user."""

from __future__ import annotations

from roleplay.conversations import events, impersonation_events
from roleplay.conversations.events import Frame
from roleplay.conversations.publish import publish
from roleplay.turns.claims import Claim
from roleplay.turns.line import Waiting


async def tell(of: Claim | Waiting, frame: Frame) -> None:
    """Whose user is gone is told to nobody."""
    if of.message or of.user is not None:
        await publish(of.conversation, frame, only=None if of.message else of.user)


def started(claim: Claim) -> Frame:
    if claim.message is None:
        return impersonation_events.started(claim.turn, claim.generation)
    return events.turn_started(claim.turn, claim.kind, claim.message, claim.generation)


def grown(claim: Claim, offset: int, text: str) -> Frame:
    """`text` was added at `offset` (code points)."""
    if claim.message is None:
        return impersonation_events.delta(claim.turn, claim.generation, offset, text)
    return events.reply_delta(claim.turn, claim.message, claim.generation, offset, text)


def stands(waiting: Waiting) -> Frame:
    """It has another place in the line."""
    place = waiting.place or 0
    if waiting.message is None:
        return impersonation_events.waiting(waiting.turn, place)
    return events.turn_waiting(waiting.turn, waiting.message, place)
