"""What the scripted endpoint can do with one request, as values: a stream of steps, or an answer at once."""

from __future__ import annotations

import asyncio
import concurrent.futures
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.kimi import Body

KEEP_ALIVE = b": keep-alive\n\n"
MALFORMED = b'data: {"choices": [\n\n'


class Signal:
    """An event that any thread may set, and any loop or thread may wait for."""

    def __init__(self) -> None:
        self._future: concurrent.futures.Future[None] = concurrent.futures.Future()

    def set(self) -> None:
        if not self.is_set():
            self._future.set_result(None)

    def is_set(self) -> bool:
        return self._future.done()

    async def wait(self) -> None:
        # Shielded, since a waiter that is cancelled would cancel the future for all.
        await asyncio.shield(asyncio.wrap_future(self._future))

    def block(self, timeout: float = 30.0) -> None:
        """Waits outside of a loop, for `timeout` seconds at most; raises TimeoutError."""
        self._future.result(timeout)


class Gate:
    """A piece at which the stream waits until the test says `go`."""

    def __init__(self) -> None:
        self.reached = Signal()
        self._opened = Signal()

    def go(self) -> None:
        self._opened.set()

    async def passed(self) -> None:
        """The server's side of it."""
        self.reached.set()
        await self._opened.wait()


Piece = str | bytes | Gate | float
"""A piece of text becomes a delta, bytes go over the wire as they are, a gate waits, a number is seconds."""


@dataclass(frozen=True)
class Finish:
    """The last delta, with what follows it: usage, and [DONE]."""

    reason: str
    usage: dict[str, Any] | None = None


@dataclass(frozen=True)
class Stream:
    """Server-sent events. Without `finish` they just end; `dropped` breaks the socket off under them."""

    pieces: tuple[Piece, ...]
    reasoning: tuple[Piece, ...] = ()
    finish: Finish | None = None
    dropped: bool = False


@dataclass(frozen=True)
class Answer:
    """A whole response."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


Behaviour = Stream | Answer
Script = Callable[[Body], Behaviour]


def say(
    *pieces: Piece,
    reasoning: tuple[Piece, ...] = (),
    finish: str = "stop",
    usage: dict[str, Any] | None = None,
) -> Stream:
    """A whole reply. A gate that stands first holds back even the response's headers."""
    return Stream(pieces, reasoning, Finish(finish, usage))


def fail(
    status: int, type: str, message: str = "It failed.", headers: Mapping[str, str] | None = None
) -> Answer:
    return Answer(status, json.dumps(error(type, message)).encode(), headers or {})


def fail_midway(*pieces: Piece, type: str, message: str = "It failed.") -> Stream:
    """Some text, then an error as an event."""
    return Stream((*pieces, b"data: " + json.dumps(error(type, message)).encode() + b"\n\n"))


def drop(*pieces: Piece) -> Stream:
    """Some text, then a closed socket."""
    return Stream(pieces, dropped=True)


def end_without_finish(*pieces: Piece) -> Stream:
    """Some text, then the proper end of a response that never said why it ends."""
    return Stream(pieces)


def html(status: int) -> Answer:
    """What stands before a provider and answers in its place."""
    return Answer(status, f"<html><h1>{status}</h1></html>".encode(), content_type="text/html")


def error(type: str, message: str) -> dict[str, Any]:
    return {"error": {"type": type, "message": message}}
