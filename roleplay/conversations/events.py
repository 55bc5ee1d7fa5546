"""PURE: what browsers are told, as docs/protocol.md has it.

An `error` is a code here, and a `place` a number; whoever knows the reader's language adds the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NotRequired, TypedDict
from uuid import UUID

from roleplay.conversations.path import PathMessage

PROTOCOL = 1


class Fault(TypedDict):
    code: str
    sentence: str


class Alternatives(TypedDict):
    index: int
    ids: list[str]


class MessageFrame(TypedDict):
    id: str
    parent: str | None
    depth: int
    role: str
    name: str
    speaker: str | None
    text: str
    state: str
    revision: int
    generation: int
    edited: int
    hidden: bool
    drifted: bool
    checkpoint: str
    window_start: int
    alternatives: Alternatives
    client_id: str | None
    created_at: str
    error: Fault | None


class OpenReply(TypedDict):
    """`place` is its place in the line, or None where it need not wait."""

    turn: str
    message: str
    generation: int
    text: str
    place: int | None
    sentence: str


class OpenImpersonation(TypedDict):
    """What is drafted for a user; `ended` where nobody writes it any more."""

    turn: str
    generation: int
    text: str
    place: int | None
    sentence: str
    ended: bool


class Frame(TypedDict, total=False):
    """Any frame; `type` says which."""

    type: str
    protocol: int
    revision: int
    head: str | None
    kept: str | None
    message: Any
    messages: list[MessageFrame]
    client_id: NotRequired[str | None]
    turn: str
    kind: str
    generation: int
    offset: int
    text: str
    reason: str
    code: str
    sentence: str
    actions: list[str]
    place: int
    open: Any
    impersonation: Any
    reset: bool
    you: dict[str, Any]


Reason = Literal["stop", "length", "stopped"]


def message(said: PathMessage, siblings: Sequence[UUID] = (), *, reader: UUID | None = None) -> MessageFrame:
    """`siblings` are its alternatives, itself included; `reader` is the participant who is told: his own
    `client_id`s are for him alone.
    """
    ids = [str(id) for id in siblings]
    ids += [] if str(said.id) in ids else [str(said.id)]
    return {
        "id": str(said.id),
        "parent": _text(said.parent),
        "depth": said.depth,
        "role": said.role,
        "name": said.name,
        "speaker": _text(said.cast_member or said.author),
        "text": "" if said.deleted else said.text,
        "state": "deleted" if said.deleted else said.state,
        "revision": said.revision,
        "generation": said.generation,
        "edited": said.edited,
        "hidden": said.hidden,
        "drifted": said.drifted,
        "checkpoint": said.checkpoint,
        "window_start": said.window_start,
        "alternatives": {"index": ids.index(str(said.id)), "ids": ids},
        "client_id": said.client_id if reader and said.author == reader else None,
        "created_at": said.created_at.isoformat(),
        "error": {"code": said.error, "sentence": ""} if said.error else None,
    }


def message_saved(saved: MessageFrame, revision: int, head: UUID | None) -> Frame:
    return {"type": "message.saved", "message": saved, "revision": revision, "head": _text(head)}


def turn_started(turn: UUID, kind: str, message: UUID, generation: int) -> Frame:
    return {**_of("turn.started", turn, message), "kind": kind, "generation": generation}


def turn_waiting(turn: UUID, message: UUID, place: int) -> Frame:
    return {**_of("turn.waiting", turn, message), "place": place, "sentence": ""}


def reply_delta(turn: UUID, message: UUID, generation: int, offset: int, text: str) -> Frame:
    return {**_of("reply.delta", turn, message), "generation": generation, "offset": offset, "text": text}


def reply_finished(
    turn: UUID, saved: MessageFrame, reason: Reason, revision: int, head: UUID | None
) -> Frame:
    return {
        "type": "reply.finished",
        "turn": str(turn),
        "message": saved,
        "reason": reason,
        "revision": revision,
        "head": _text(head),
    }


def turn_failed(
    turn: UUID, saved: MessageFrame, code: str, actions: list[str], revision: int, head: UUID | None
) -> Frame:
    return {
        "type": "turn.failed",
        "turn": str(turn),
        "message": saved,
        "code": code,
        "sentence": "",
        "actions": actions,
        "revision": revision,
        "head": _text(head),
    }


def head_moved(head: UUID, kept: UUID | None, revision: int) -> Frame:
    """`kept` is the last message that the path has in common with the one before."""
    return {"type": "head.moved", "head": str(head), "kept": _text(kept), "revision": revision}


def hello(revision: int, head: UUID | None, you: dict[str, Any], open: OpenReply | None) -> Frame:
    return {
        "type": "hello",
        "protocol": PROTOCOL,
        "revision": revision,
        "head": _text(head),
        "you": you,
        "open": open,
    }


def snapshot(
    revision: int,
    head: UUID | None,
    messages: list[MessageFrame],
    open: OpenReply | None,
    impersonation: OpenImpersonation | None,
    reset: bool,
) -> Frame:
    return {
        "type": "snapshot",
        "revision": revision,
        "head": _text(head),
        "messages": messages,
        "open": open,
        "impersonation": impersonation,
        "reset": reset,
    }


def pulse(
    revision: int, head: UUID | None, open: OpenReply | None, impersonation: OpenImpersonation | None
) -> Frame:
    return {
        "type": "pulse",
        "revision": revision,
        "head": _text(head),
        "open": open and {**_beat(open), "message": open["message"]},
        "impersonation": impersonation and _beat(impersonation),
    }


def error(code: str, client_id: str | None = None) -> Frame:
    return {"type": "error", "code": code, "sentence": "", "client_id": client_id}


def pong() -> Frame:
    return {"type": "pong"}


def _of(type: str, turn: UUID, message: UUID) -> Frame:
    return {"type": type, "turn": str(turn), "message": str(message)}


def _beat(open: OpenReply | OpenImpersonation) -> dict[str, Any]:
    return {key: open[key] for key in ("turn", "generation", "place")} | {"length": len(open["text"])}


def _text(id: UUID | None) -> str | None:
    return str(id) if id else None
