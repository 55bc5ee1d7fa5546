"""PURE: what a user's browsers are told of the line that is drafted for him, as docs/protocol.md has it."""

from __future__ import annotations

from uuid import UUID

from roleplay.conversations.events import Frame, Reason


def begun(turn: UUID, client_id: str) -> Frame:
    return {"type": "impersonation.begun", "turn": str(turn), "client_id": client_id}


def waiting(turn: UUID, place: int) -> Frame:
    return {"type": "impersonation.waiting", "turn": str(turn), "place": place, "sentence": ""}


def started(turn: UUID, generation: int) -> Frame:
    return {"type": "impersonation.started", "turn": str(turn), "generation": generation}


def delta(turn: UUID, generation: int, offset: int, text: str) -> Frame:
    return {
        "type": "impersonation.delta",
        "turn": str(turn),
        "generation": generation,
        "offset": offset,
        "text": text,
    }


def finished(turn: UUID, text: str, reason: Reason) -> Frame:
    return {"type": "impersonation.finished", "turn": str(turn), "text": text, "reason": reason}


def failed(turn: UUID, text: str, code: str) -> Frame:
    return {"type": "impersonation.failed", "turn": str(turn), "text": text, "code": code, "sentence": ""}
