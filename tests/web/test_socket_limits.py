"""A socket that says too much is closed, a user who asks for too much is told so, and nothing stays behind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.contrib.auth.models import User
from django.core.cache import cache

from roleplay.conversations.models import Conversation, Message
from roleplay.web import consumers, limits
from tests.browser_socket import BrowserSocket, sign_in
from tests.conftest import Open

TOO_FAST = 4429


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


async def places_of(user: User) -> int:
    return sum(f"socket.{user.pk}.{number}" in cache for number in range(limits.SOCKETS))


async def test_twenty_frames_at_once_are_answered_and_a_flood_is_closed(
    conversation: Conversation, ada: User, open_socket: Open
):
    socket = await open_socket(conversation, ada)

    for _ in range(60):
        await socket.say("ping")

    assert await socket.close_code() == TOO_FAST
    pongs = [frame for frame in socket.frames if frame["type"] == "pong"]
    assert 20 <= len(pongs) < 60


async def test_a_mebibyte_in_few_frames_is_closed(conversation: Conversation, ada: User, open_socket: Open):
    socket = await open_socket(conversation, ada)

    for _ in range(17):
        await socket.say("ping", filling="x" * 65_000)

    assert await socket.close_code() == TOO_FAST


async def test_bytes_count_before_anything_is_parsed(
    conversation: Conversation, ada: User, open_socket: Open
):
    socket = await open_socket(conversation, ada)

    await socket.say_raw(text="河" * 400_000)

    assert await socket.close_code() == TOO_FAST


async def test_a_message_beyond_the_turns_of_a_minute_is_kept_by_the_browser(
    conversation: Conversation, ada: User, open_socket: Open, settings
):
    settings.TURNS_PER_MINUTE = 2
    socket = await open_socket(conversation, ada)
    for number in (1, 2):
        await socket.send("Hello?", f"message-{number}")
        await socket.until("message.saved")

    await socket.send("Hello?", "message-3")
    refused = await socket.until("error")

    assert (refused["code"], refused["client_id"]) == ("too_fast", "message-3")
    assert refused["sentence"].endswith(".")
    assert not await Message.objects.filter(client_id="message-3").aexists()


async def test_a_retry_counts_as_a_turn(conversation: Conversation, ada: User, open_socket: Open, settings):
    settings.TURNS_PER_MINUTE = 1
    socket = await open_socket(conversation, ada)
    await socket.send("Hello?", "message-1")
    await socket.until("message.saved")
    reply = (await socket.until("message.saved"))["message"]["id"]

    await socket.say("turn.retry", client_id="message-2", message=reply)

    assert (await socket.until("error"))["code"] == "too_fast"


async def test_what_is_stored_is_answered_however_fast_it_is_said_again(
    conversation: Conversation, ada: User, open_socket: Open, settings
):
    settings.TURNS_PER_MINUTE = 1
    socket = await open_socket(conversation, ada)
    await socket.send("Hello?", "message-1")
    saved = await socket.until("message.saved")

    for _ in range(3):
        await socket.send("Hello?", "message-1")
        while (again := await socket.until("message.saved")).get("client_id") != "message-1":
            pass
        assert again["message"]["id"] == saved["message"]["id"]


async def test_the_turns_of_a_minute_are_the_users_in_all_his_sockets(
    conversation: Conversation, ada: User, ben: User, open_socket: Open, settings
):
    settings.TURNS_PER_MINUTE = 1
    await conversation.participants.acreate(user=ben)
    one, two = await open_socket(conversation, ada), await open_socket(conversation, ada)
    of_ben = await open_socket(conversation, ben)
    await one.send("Hello?", "message-1")
    await one.until("message.saved")

    await two.send("Hello?", "message-2")
    await of_ben.send("Hello?", "message-3")

    assert (await two.until("error"))["code"] == "too_fast"
    while (await of_ben.until("message.saved")).get("client_id") != "message-3":
        pass


async def test_a_sixth_socket_is_closed_and_finds_a_place_when_one_goes(
    conversation: Conversation, ada: User, open_socket: Open
):
    sockets = [await open_socket(conversation, ada) for _ in range(limits.SOCKETS)]
    sixth = BrowserSocket(conversation.pk, await database_sync_to_async(sign_in)(ada))
    await sixth.connect()

    assert await sixth.close_code() == TOO_FAST
    await sockets[0].say("ping")
    assert (await sockets[0].next())["type"] == "pong"
    await sockets[0].close()
    await open_socket(conversation, ada)


ENDS: list[dict[str, Any]] = [{"text": "no object"}, {"data": b"bytes"}, {"text": "x" * 2_000_000}]


@pytest.mark.parametrize("rude", ENDS, ids=["a bad frame", "bytes", "too much"])
async def test_a_rude_socket_leaves_nothing_behind(
    rude: dict[str, Any], conversation: Conversation, ada: User, open_socket: Open
):
    layer = get_channel_layer()
    await layer.flush()
    tasks = asyncio.all_tasks()
    socket = await open_socket(conversation, ada)
    assert await places_of(ada) == 1

    await socket.say_raw(**rude)
    await socket.close_code()
    await socket.close()

    assert await places_of(ada) == 0
    assert layer.groups == {}
    assert layer.channels == {}
    assert asyncio.all_tasks() <= tasks


async def test_a_socket_renews_its_place_with_each_pulse(
    conversation: Conversation, ada: User, open_socket: Open, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(consumers, "PULSE_EVERY", 0.05)
    socket = await open_socket(conversation, ada)
    await database_sync_to_async(cache.clear)()

    await socket.until("pulse")

    assert await places_of(ada) == 1
