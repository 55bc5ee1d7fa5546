"""PURE: a frame from a browser -> the command it asks for, as docs/protocol.md has them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from roleplay.prompt.text import clean

LONGEST = 16_000  # code points of a text
LONGEST_NAME = 64  # code points of a checkpoint's name

_CLIENT_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class BadFrame(ValueError):
    """Not a JSON object at all: the socket is closed."""


class BadCommand(ValueError):
    """A command that cannot be carried out. `code` says why; the socket stays."""

    def __init__(self, code: str, client_id: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.client_id = client_id


@dataclass(frozen=True)
class Send:
    client_id: str
    text: str


@dataclass(frozen=True)
class Retry:
    client_id: str
    message: UUID


@dataclass(frozen=True)
class GoOn:
    client_id: str
    message: UUID


@dataclass(frozen=True)
class Impersonate:
    client_id: str


@dataclass(frozen=True)
class StopImpersonation:
    client_id: None = None


@dataclass(frozen=True)
class Edit:
    client_id: str
    message: UUID
    text: str
    anew: bool


@dataclass(frozen=True)
class Delete:
    message: UUID
    from_here: bool
    client_id: None = None


@dataclass(frozen=True)
class Restore:
    message: UUID
    client_id: None = None


@dataclass(frozen=True)
class Hide:
    message: UUID
    hidden: bool
    client_id: None = None


@dataclass(frozen=True)
class Checkpoint:
    message: UUID
    name: str
    client_id: None = None


@dataclass(frozen=True)
class Stop:
    client_id: None = None


@dataclass(frozen=True)
class Select:
    message: UUID
    here: bool = False
    client_id: None = None


@dataclass(frozen=True)
class Resume:
    revision: int
    client_id: None = None


@dataclass(frozen=True)
class Ping:
    client_id: None = None


Command = (
    Send
    | Retry
    | GoOn
    | Impersonate
    | StopImpersonation
    | Edit
    | Delete
    | Restore
    | Hide
    | Checkpoint
    | Stop
    | Select
    | Resume
    | Ping
)
NAMES = (
    "message.send",
    "message.edit",
    "message.delete",
    "message.restore",
    "message.hide",
    "message.checkpoint",
    "turn.retry",
    "turn.continue",
    "turn.stop",
    "turn.impersonate",
    "impersonation.stop",
    "head.select",
    "resume",
    "ping",
)


def parse(frame: str) -> Command:
    """The command of a frame. Raises BadFrame, BadCommand."""
    try:
        body = json.loads(frame)
    except (ValueError, RecursionError):
        raise BadFrame from None
    if not isinstance(body, dict):
        raise BadFrame
    match body.get("type"):
        case "message.send":
            client_id = _client_id(body)
            return Send(client_id, _text(body, client_id))
        case "turn.retry":
            client_id = _client_id(body)
            return Retry(client_id, _uuid(body.get("message"), client_id))
        case "turn.continue":
            client_id = _client_id(body)
            return GoOn(client_id, _uuid(body.get("message"), client_id))
        case "turn.impersonate":
            return Impersonate(_client_id(body))
        case "impersonation.stop":
            return StopImpersonation()
        case "message.edit":
            client_id = _client_id(body)
            message = _uuid(body.get("message"), client_id)
            return Edit(client_id, message, _text(body, client_id), body.get("anew") is True)
        case "message.delete":
            return Delete(_uuid(body.get("message")), body.get("scope") == "from_here")
        case "message.restore":
            return Restore(_uuid(body.get("message")))
        case "message.hide":
            return Hide(_uuid(body.get("message")), body.get("hidden") is not False)
        case "message.checkpoint":
            return Checkpoint(_uuid(body.get("message")), _name(body))
        case "turn.stop":
            return Stop()
        case "head.select":
            return Select(_uuid(body.get("message")), body.get("here") is True)
        case "resume":
            return Resume(_revision(body))
        case "ping":
            return Ping()
    raise BadCommand("unknown_type")


def _client_id(body: dict[str, Any]) -> str:
    written = body.get("client_id")
    if not isinstance(written, str) or not _CLIENT_ID.fullmatch(written):
        raise BadCommand("bad_client_id")
    return written


def _text(body: dict[str, Any], client_id: str) -> str:
    written = body.get("text")
    if not isinstance(written, str):
        raise BadCommand("bad_text", client_id)
    text = clean(written)
    if not text.strip():
        raise BadCommand("empty", client_id)
    if len(text) > LONGEST:
        raise BadCommand("too_long", client_id)
    return text


def _name(body: dict[str, Any]) -> str:
    written = body.get("name")
    if not isinstance(written, str):
        raise BadCommand("bad_text")
    name = " ".join("".join(c if c.isprintable() else " " for c in clean(written)).split())
    if len(name) > LONGEST_NAME:
        raise BadCommand("long_name")
    return name


def _uuid(written: object, client_id: str | None = None) -> UUID:
    try:
        return UUID(written if isinstance(written, str) else "")
    except ValueError:
        raise BadCommand("no_such_message", client_id) from None


def _revision(body: dict[str, Any]) -> int:
    written = body.get("revision")
    if isinstance(written, bool) or not isinstance(written, int) or not 0 <= written < 2**31:
        raise BadCommand("bad_revision")
    return written
