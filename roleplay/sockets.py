"""Daphne's sockets with bounds both ways: what waits for the application, and what waits to be written.

Used by `roleplay.serve` alone. What frames mean, and how many a user may send, is `roleplay.web`'s.
"""

from __future__ import annotations

# Daphne's server comes before anything that imports Twisted's reactor.
from daphne.server import Server  # isort:skip

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from daphne.ws_protocol import WebSocketProtocol

from roleplay.web.consumers import TOO_FAST
from roleplay.web.limits import Bucket, size_of

MESSAGES_IN = 32  # that wait for the application; more are not read
BYTES_IN = 256 * 1024  # likewise
BYTES_OUT = 1024 * 1024  # that wait for a browser, before one more frame: it does not read
PIECES = 50.0  # frames of the wire a second: pings and fragments too, which the application never sees
PIECES_AT_ONCE = 100.0
SECONDS_TO_CLOSE = 1.0  # for the browser's answer, and for what is still to be written

Event = dict[str, Any]


class BoundedServer(Server):  # type: ignore[misc]  # untyped
    def listen_success(self, port: Any) -> None:
        self.ws_factory.protocol = BoundedSocket
        super().listen_success(port)

    def create_application(self, protocol: Any, scope: Event) -> asyncio.Queue[Event]:
        """As Daphne's, with the queue that the socket can watch."""
        if scope["type"] != "websocket":
            queue: asyncio.Queue[Event] = super().create_application(protocol, scope)
            return queue
        scope.setdefault("asgi", {"version": "3.0"})
        inbox: Inbox = protocol.inbox
        running = self.application(scope=scope, receive=inbox.get, send=partial(self.handle_reply, protocol))
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(running)
        return inbox


class Inbox(asyncio.Queue[Event]):
    """What waits for the application; `taken` is called when it has taken something."""

    def __init__(self, taken: Callable[[], None]) -> None:
        super().__init__()
        self._taken = taken
        self._bytes = 0

    @property
    def is_full(self) -> bool:
        return self.qsize() >= MESSAGES_IN or self._bytes >= BYTES_IN

    def put_nowait(self, event: Event) -> None:
        self._bytes += _size(event)
        super().put_nowait(event)

    def get_nowait(self) -> Event:
        event = super().get_nowait()
        self._bytes -= _size(event)
        self._taken()
        return event


class BoundedSocket(WebSocketProtocol):  # type: ignore[misc]  # untyped
    closeHandshakeTimeout = SECONDS_TO_CLOSE  # autobahn's name

    def __init__(self) -> None:
        super().__init__()
        self.inbox = Inbox(self._taken)
        self._pieces = Bucket(PIECES_AT_ONCE, time.monotonic())
        self._paused = False

    # In

    def dataReceived(self, data: bytes) -> None:
        if self.closedByMe:
            self._await_answer(data)
        elif self.state == self.STATE_CONNECTING and hasattr(self, "handshake_deferred"):
            # Said before it was let in. Autobahn would look for a second handshake in it.
            self.data += data
            self._wait_if(len(self.data) > BYTES_IN)
        else:
            super().dataReceived(data)

    def consumeData(self) -> None:
        super().consumeData()
        self._wait_if(self.inbox.is_full and not self.closedByMe)

    def processData(self) -> bool:
        """Reads one frame, or its head. One read of the network may hold thousands of them."""
        if self.inbox.is_full or self.closedByMe:
            return False
        more: bool = super().processData()
        return more

    def onFrameBegin(self) -> None:
        super().onFrameBegin()
        left = self._pieces.taken(1, time.monotonic(), rate=PIECES, burst=PIECES_AT_ONCE)
        if left is None:
            self.serverClose(TOO_FAST)
        else:
            self._pieces = left

    def _taken(self) -> None:
        if self._paused:
            asyncio.get_running_loop().call_soon(self._go_on)

    def _go_on(self) -> None:
        """Reads what is left of the last read, then from the network again."""
        if self._paused and not self.inbox.is_full and self.state == self.STATE_OPEN:
            self.consumeData()

    def _wait_if(self, full: bool) -> None:
        if full:
            self.transport.pauseProducing()
        elif self._paused:
            self.transport.resumeProducing()
        self._paused = full

    # Out

    def serverSend(self, content: Any, binary: bool = False) -> None:
        """Of any size: `sendMessage` would hold us to the bound of a browser's messages, and a snapshot is larger.

        A browser that is being sent away, or has just gone, is told nothing more.
        """
        if self.state == self.STATE_OPEN:
            self.sendFrame(opcode=2, payload=content) if binary else self.sendFrame(1, content.encode())

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:
        if _unwritten(self.transport) > BYTES_OUT:
            self.transport.abortConnection()
        else:
            super().sendData(data, sync, chopsize)

    # The end

    def sendCloseFrame(
        self, code: int | None = None, reasonUtf8: bytes | None = None, isReply: bool = False
    ) -> None:
        super().sendCloseFrame(code, reasonUtf8, isReply)
        if self.closedByMe:
            self.data = b""
            self._wait_if(False)

    def _await_answer(self, data: bytes) -> None:
        """After our close nothing is read but the browser's own: the last that it says, with a code or without.

        Autobahn drops the connection where none comes in time.
        """
        self.data = (self.data + data)[-8:]
        if self.data[-8:-6] == b"\x88\x82" or self.data[-6:-4] == b"\x88\x80":
            self.wasClean = True
            self.remoteCloseCode = self.localCloseCode
            self.dropConnection()

    def dropConnection(self, abort: bool = False) -> None:
        """What waits to be written is written first, but not for ever."""
        super().dropConnection(abort)
        if not abort:
            self.factory.reactor.callLater(SECONDS_TO_CLOSE, self.transport.abortConnection)


def _size(event: Event) -> int:
    return size_of(event.get("text") or event.get("bytes") or b"")


def _unwritten(transport: Any) -> int:
    """Bytes that the kernel has not taken yet. Twisted tells a producer that there are some, and nobody how many."""
    unwritten: int = len(transport.dataBuffer) - transport.offset + transport._tempDataLen
    return unwritten
