"""A server process closes sockets of its own accord: at once, and for good."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from tests import rude
from tests.server import Server, Visitor, until

NOT_SIGNED_IN, TOO_FAST = 4401, 4429


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path) as server:
        yield server


@pytest.fixture
def visitor(server: Server) -> Iterator[Visitor]:
    with closing(Visitor(server)) as visitor:
        visitor.sign_up("juno")
        yield visitor


async def test_a_sign_out_reaches_the_socket_and_who_does_not_answer_is_dropped(
    server: Server, visitor: Visitor
):
    conversation = visitor.start_chat("tobias-wren")
    polite = await visitor.open(conversation)
    await until(polite, "hello")
    silent = await rude.RudeSocket.open(server, visitor, conversation)
    ending = asyncio.create_task(silent.end())
    await asyncio.sleep(0.2)  # for its hello

    signed_out = time.monotonic()
    await asyncio.to_thread(visitor.post, "/accounts/logout/", at="/conversations/")

    with pytest.raises(ConnectionClosed) as closed:
        await until(polite, "never")
    assert closed.value.rcvd and closed.value.rcvd.code == NOT_SIGNED_IN
    end = await ending
    assert end.code == NOT_SIGNED_IN
    assert end.gone_after < 2
    assert time.monotonic() - signed_out < 3
    assert "Traceback" not in server.log.read_text()


async def test_a_place_is_free_again_as_soon_as_a_socket_went_however_it_went(
    server: Server, visitor: Visitor
):
    conversation = visitor.start_chat("tobias-wren")
    sockets = [await visitor.open(conversation) for _ in range(4)]
    for socket in sockets:
        await until(socket, "hello")
    rude_one = await rude.RudeSocket.open(server, visitor, conversation)
    await asyncio.sleep(0.2)  # for its hello
    crowded_out = await visitor.open(conversation)
    with pytest.raises(ConnectionClosed) as closed:
        await until(crowded_out, "hello")
    assert closed.value.rcvd and closed.value.rcvd.code == TOO_FAST

    rude_one.drop()
    await sockets[0].close()
    await asyncio.sleep(0.2)  # for the server to hear of it

    for _ in range(2):
        sockets.append(await visitor.open(conversation))
        await until(sockets[-1], "hello")
    for socket in sockets:
        await socket.close()
    assert "Traceback" not in server.log.read_text()
