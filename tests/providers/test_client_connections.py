"""A connection is kept for the next request: no handshake stands before its first word."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress

from roleplay.providers.client import Client
from roleplay.providers.dialects import kimi
from roleplay.providers.endpoints import Endpoint
from tests.providers.streaming import reply
from tests.providers.streams import chunk, event

FINISH = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
BODY = event(chunk(content="Yes.")) + event(FINISH) + b"data: [DONE]\n\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


async def test_one_connection_serves_request_after_request():
    connections = 0
    gone = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        with suppress(asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = re.search(rb"(?i)content-length: (\d+)", head)
                assert length
                await reader.readexactly(int(length[1]))
                writer.write(HEAD + f"{len(BODY):x}".encode() + b"\r\n" + BODY + b"\r\n")
                await writer.drain()
                writer.write(b"0\r\n\r\n")
        writer.close()
        await writer.wait_closed()
        gone.set()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        client = Client(Endpoint(base_url=url, key="a-key", model="m", dialect=kimi.DIALECT, reply_tokens=9))

        replies = [await reply(client) for _ in range(3)]

        await client.close()
        await gone.wait()
    assert replies == ["Yes."] * 3
    assert connections == 1
