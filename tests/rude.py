"""Browsers without manners, over raw sockets: one floods the server, one asks and never reads the answers."""

from __future__ import annotations

import asyncio
import json
import os
import random
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.server import Server, Visitor, send, until

PAGE = os.sysconf("SC_PAGE_SIZE")
CHUNK = 64 * 1024  # bytes that a flood writes at a time
PATIENCE = 10.0  # seconds that a connection may take to go
ASK_EVERY = 0.11  # seconds: just slowly enough to be let in
LONGEST = 16_000  # code points of a message
FRAMES_A_CONNECTION = 18  # more would be too fast

TEXT, FIRST_OF_TEXT, CONTINUED, PING, CLOSE = 0x81, 0x01, 0x00, 0x89, 0x88  # the first byte of a frame


def frame(first: int, payload: bytes = b"") -> bytes:
    """A frame as browsers send it. Its mask is of zeros, which leave the payload as it is."""
    length = len(payload)
    if length < 126:
        head = struct.pack("!BB", first, 0x80 | length)
    elif length < 65536:
        head = struct.pack("!BBH", first, 0x80 | 126, length)
    else:
        head = struct.pack("!BBQ", first, 0x80 | 127, length)
    return head + bytes(4) + payload


def said(type: str, **keys: object) -> bytes:
    return frame(TEXT, json.dumps({"type": type, **keys}).encode())


def _many(piece: bytes) -> bytes:
    return piece * (CHUNK // len(piece))


def _large() -> bytes:
    empty = json.dumps({"type": "message.send", "client_id": "client-1", "text": ""})
    return said("message.send", client_id="client-1", text="x" * (CHUNK - len(empty)))


# What is said first, and then again and again.
FLOODS = {
    "large frames": (b"", _large()),
    "tiny frames": (b"", _many(said("ping"))),
    "pings": (b"", _many(frame(PING))),
    "fragments": (frame(FIRST_OF_TEXT), _many(frame(CONTINUED))),  # of one text that never ends
}


@dataclass(frozen=True)
class End:
    """How a connection ended: the code of the server's close, None where it was aborted, and the times in seconds."""

    code: int | None
    closed_after: float  # from the first byte to the server's close
    gone_after: float  # from the server's close to the end of the connection


class RudeSocket:
    """A socket past its handshake. It never answers a close."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._transport: Any = writer.transport
        self._opened = time.monotonic()

    @classmethod
    async def open(
        cls, server: Server, visitor: Visitor, conversation: str, *, receives: int | None = None
    ) -> RudeSocket:
        """`receives`: bytes that its kernel takes for it; None for as many as usual."""
        connection = socket.socket()
        connection.setblocking(False)
        if receives is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
        await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", server.port))
        reader, writer = await asyncio.open_connection(sock=connection)
        writer.write(
            f"GET /ws/conversations/{conversation}/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Origin: {server.url}\r\nCookie: {visitor.cookies()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 101 "), answer
        return cls(reader, writer)

    async def flood(self, kind: str, until: float) -> None:
        """Writes as fast as it can until the instant `until` (of the monotonic clock), or the connection's end."""
        opening, chunk = FLOODS[kind]
        with suppress(ConnectionError):
            self._writer.write(opening)
            while time.monotonic() < until:
                self._writer.write(chunk)
                await self._writer.drain()

    async def ask(self, what: bytes, every: float, until: float) -> bool:
        """Says the same again and again, and reads nothing. Whether the server ended the connection."""
        self._transport.pause_reading()
        with suppress(ConnectionError):
            while time.monotonic() < until:
                self._writer.write(what)
                await self._writer.drain()
                await asyncio.sleep(every)
            return False
        return True

    async def end(self) -> End:
        """Reads until the connection is gone."""
        code, closed = None, None
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                first, payload = await self._read()
                if first == CLOSE:
                    (code,), closed = struct.unpack("!H", payload[:2]), time.monotonic()
        gone = time.monotonic()
        return End(code, (closed or gone) - self._opened, gone - (closed or gone))

    async def _read(self) -> tuple[int, bytes]:
        first, length = await self._reader.readexactly(2)
        if length == 126:
            (length,) = struct.unpack("!H", await self._reader.readexactly(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", await self._reader.readexactly(8))
        return first, await self._reader.readexactly(length)

    def say(self, what: bytes) -> None:
        self._writer.write(what)

    def drop(self) -> None:
        self._transport.abort()


async def flood(
    server: Server, visitor: Visitor, conversation: str, kind: str, *, seconds: float
) -> list[End]:
    """Floods, and comes again each time that it was thrown out. How its connections ended."""
    ends = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        rude = await RudeSocket.open(server, visitor, conversation)
        flooding = asyncio.create_task(rude.flood(kind, until + PATIENCE))
        async with asyncio.timeout(seconds + PATIENCE):
            ends.append(await rude.end())
        rude.drop()
        await flooding
    return ends


async def never_read(
    server: Server, visitors: list[tuple[Visitor, str]], *, clients: int, seconds: float
) -> int:
    """So many sockets of the visitors, in turn, ask for everything and read nothing. How many the server cut off."""
    until = time.monotonic() + seconds
    rude = [
        await RudeSocket.open(server, *visitors[number % len(visitors)], receives=4096)
        for number in range(clients)
    ]
    try:
        return sum(
            await asyncio.gather(*(each.ask(said("resume", revision=0), ASK_EVERY, until) for each in rude))
        )
    finally:
        for each in rude:
            each.drop()


async def much_is_said(visitor: Visitor, conversation: str, *, messages: int) -> None:
    """So many of the longest messages, after the first while its reply is open; and waits for the last reply."""
    connection = await visitor.open(conversation)
    for number in range(messages):
        said = {"type": "message.send", "client_id": f"message-{number}", "text": "河" * LONGEST}
        await connection.send(json.dumps(said, ensure_ascii=False))  # as browsers do: escaped it is too large
    for _ in range(min(messages, 2)):
        await until(connection, "reply.finished")
    await connection.close()


async def gaps(visitor: Visitor, conversation: str) -> list[float]:
    """Seconds between two pieces of a reply, shortest first: of a reader who behaves."""
    connection = await visitor.open(conversation)
    await send(connection, "Tell me of the sea, and take your time.")
    await until(connection, "reply.delta")
    heard = [time.monotonic()]
    async with asyncio.timeout(60):
        while (told := json.loads(await connection.recv()))["type"] != "reply.finished":
            if told["type"] == "reply.delta":
                heard.append(time.monotonic())
    await connection.close()
    return sorted(after - before for before, after in pairwise(heard))


async def babble(server: Server, visitor: Visitor, conversation: str, *, frames: int, seed: int) -> None:
    """Says nonsense: so many frames, on a new connection wherever one was ended, and after as many as one lets in."""
    chance = random.Random(seed)
    said = 0
    while said < frames:
        rude = await RudeSocket.open(server, visitor, conversation)
        for _ in range(FRAMES_A_CONNECTION):
            rude.say(nonsense(chance))
            said += 1
        await asyncio.sleep(0.05)
        rude.drop()


def nonsense(chance: random.Random) -> bytes:
    """A frame that no page would send: whole or broken, of text or of bytes, a command or none."""
    values = ["", "x", -1, 2**70, None, True, [], {}, "\x00\ud800", "河" * 900, 0.5, str(UUID(int=7)), [[[]]]]
    types = ["message.send", "turn.retry", "turn.stop", "head.select", "resume", "ping", "nothing", 7, None]
    keys = ["client_id", "text", "message", "revision", "scope", "\ud800", "type"]
    told = {"type": chance.choice(types), **{chance.choice(keys): chance.choice(values) for _ in range(3)}}
    text = json.dumps(told).encode()
    bits = chance.randbytes(chance.randrange(200))
    return chance.choice(
        [
            lambda: frame(TEXT, text),
            lambda: frame(TEXT, text[: chance.randrange(len(text))]),
            lambda: frame(TEXT, b"[" * chance.randrange(5000)),
            lambda: frame(TEXT, bits),  # hardly ever UTF-8
            lambda: frame(0x82, bits),
            lambda: frame(PING, bits[:125]),
            lambda: frame(CONTINUED, bits),
            lambda: frame(FIRST_OF_TEXT, text),
            lambda: frame(0x80 | chance.randrange(16), bits[:125]),
            lambda: bits,
        ]
    )()


def resident(server: Server) -> int:
    """Bytes of memory that the server's process holds."""
    return int(Path(f"/proc/{server.pid}/statm").read_text().split()[1]) * PAGE
