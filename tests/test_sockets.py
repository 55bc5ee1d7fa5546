"""Daphne's sockets with bounds: a flood waits outside, and after the server's close nothing is read. No network."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from daphne.server import Server  # noqa: F401  first, for the reactor
from daphne.ws_protocol import WebSocketFactory
from twisted.internet.testing import StringTransport

from roleplay.sockets import BYTES_IN, MESSAGES_IN, PIECES_AT_ONCE, BoundedServer, BoundedSocket
from tests.rude import CLOSE, CONTINUED, FIRST_OF_TEXT, PING, TEXT, frame

HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
TOO_FAST = b"\x88\x02\x11\x4d"  # a close with 4429


class Transport(StringTransport):  # type: ignore[misc]  # untyped
    """What Twisted's sockets have besides; nothing is ever taken from it, as by a browser that does not read."""

    dataBuffer = b""
    offset = 0

    @property
    def _tempDataLen(self) -> int:
        return len(self.value())

    def unregisterProducer(self) -> None:
        """There need not be one, as with Twisted's sockets."""


class Slow:
    """An application that takes messages when it is told to."""

    def __init__(self) -> None:
        self.receive: Any = None
        self.send: Any = None
        self.begun = asyncio.Event()
        self.ends = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.receive, self.send = receive, send
        self.begun.set()
        await self.ends.wait()

    async def texts(self, count: int) -> list[str]:
        async with asyncio.timeout(5):
            return [(await self.receive())["text"] for _ in range(count)]


class Wire:
    """A browser's end, without a network."""

    def __init__(self) -> None:
        self.application = Slow()
        server = BoundedServer(self.application, endpoints=["unused"])
        server.connections = {}
        factory = WebSocketFactory(server)
        factory.protocol = BoundedSocket
        factory.setProtocolOptions(maxMessagePayloadSize=65_536, maxFramePayloadSize=65_536)
        self.transport = Transport()
        self.socket = factory.buildProtocol(None)
        self.socket._raw_query_string = b""
        self.socket.makeConnection(self.transport)

    async def connect(self) -> None:
        self.say(HANDSHAKE)
        await self.application.begun.wait()
        assert (await self.application.receive())["type"] == "websocket.connect"

    async def accept(self) -> None:
        await self.application.send({"type": "websocket.accept"})
        self.transport.clear()

    def say(self, data: bytes) -> None:
        """In pieces of 64 KiB, as the network gives them, unless it is not read."""
        while data and self.reads:
            self.socket.dataReceived(data[:65_536])
            data = data[65_536:]

    @property
    def reads(self) -> bool:
        return bool(self.transport.producerState == "producing")


@pytest.fixture
async def wire():
    wire = Wire()
    await wire.connect()
    await wire.accept()
    yield wire
    wire.application.ends.set()


def texts(count: int, size: int = 0) -> tuple[bytes, list[str]]:
    written = [str(number).ljust(size, ".") for number in range(count)]
    return b"".join(frame(TEXT, text.encode()) for text in written), written


async def test_what_one_read_holds_waits_until_there_is_room(wire: Wire):
    data, written = texts(60)

    wire.say(data)

    assert wire.socket.inbox.qsize() == MESSAGES_IN
    assert not wire.reads
    assert await wire.application.texts(60) == written
    assert wire.reads


async def test_large_messages_wait_by_their_bytes(wire: Wire):
    data, written = texts(6, 65_000)

    wire.say(data)

    assert wire.socket.inbox.qsize() == BYTES_IN // 65_000 + 1
    assert not wire.reads
    assert (await wire.application.texts(5)) == written[:5]
    await asyncio.sleep(0)
    assert wire.reads


@pytest.mark.parametrize(
    "flood",
    [frame(PING) * 10_000, frame(FIRST_OF_TEXT) + frame(CONTINUED) * 10_000],
    ids=["pings", "fragments"],
)
async def test_what_the_application_never_sees_is_counted_too(flood: bytes, wire: Wire):
    wire.say(flood)

    assert wire.transport.value().endswith(TOO_FAST)
    assert len(wire.transport.value()) <= 2 * (PIECES_AT_ONCE + 5) + len(TOO_FAST)
    assert wire.reads


async def test_after_the_servers_close_nothing_more_is_read(wire: Wire):
    data, _ = texts(60)
    wire.say(data)
    await wire.application.texts(21)

    await wire.application.send({"type": "websocket.close", "code": 4429})
    waiting = wire.socket.inbox.qsize()
    wire.say(data * 1000)

    assert wire.transport.value() == TOO_FAST
    assert wire.socket.inbox.qsize() == waiting
    assert len(wire.socket.data) <= 8
    assert wire.reads


@pytest.mark.parametrize("code", [b"", b"\x11\x4d", b"\x03\xe8"], ids=["none", "the same", "1000"])
@pytest.mark.parametrize("before", [b"", frame(TEXT, b"a last word") * 3], ids=["at once", "behind others"])
async def test_the_browsers_own_close_ends_the_connection(before: bytes, code: bytes, wire: Wire):
    await wire.application.send({"type": "websocket.close", "code": 4429})
    answer = before + frame(CLOSE, code)

    wire.say(answer[:-3])
    assert not wire.transport.disconnecting
    wire.say(answer[-3:])

    assert wire.transport.disconnecting


async def test_what_is_said_before_the_socket_is_accepted_is_read_after_it():
    wire = Wire()
    await wire.connect()

    wire.say(frame(TEXT, HANDSHAKE) + frame(TEXT, b"x" * 60_000) * 10)
    assert wire.socket.inbox.empty()
    assert not wire.reads
    await wire.accept()

    assert (await wire.application.texts(1)) == [HANDSHAKE.decode()]
    wire.application.ends.set()


async def test_a_snapshot_may_be_larger_than_what_a_browser_may_say(wire: Wire):
    await wire.application.send({"type": "websocket.send", "text": "x" * 500_000})

    assert wire.transport.value().endswith(b"x" * 500_000)


async def test_a_browser_that_does_not_read_is_cut_off(wire: Wire):
    cut_off = []
    wire.transport.abortConnection = lambda: cut_off.append(True)
    for _ in range(3):
        await wire.application.send({"type": "websocket.send", "text": "x" * 500_000})
    assert not cut_off

    await wire.application.send({"type": "websocket.send", "text": "x"})

    assert cut_off
