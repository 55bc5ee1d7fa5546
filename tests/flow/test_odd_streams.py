"""Streams that are odd, yet whole: nothing is asked for twice, and one reply's oddity is its own."""

from __future__ import annotations

import json

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth.models import User

from characters.models import Character
from roleplay.conversations.models import Conversation
from roleplay.providers import endpoints
from roleplay.turns.engine import Engine
from tests import behaviours
from tests.cast import make_character, make_conversation
from tests.conftest import Open, configured
from tests.endpoint import Endpoint

pytestmark = pytest.mark.once


def chunk(**delta: str) -> bytes:
    return b"data: " + json.dumps({"choices": [{"index": 0, "delta": delta}]}).encode() + b"\n\n"


FINISH = b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\n'


async def test_half_a_character_in_a_thought_stops_nobodys_reply(
    conversation: Conversation, ada: User, ben: User, mira: Character, engine: Engine, endpoint: Endpoint,
    open_socket: Open,
):  # fmt: skip
    gate = endpoint.gate()
    endpoint.say(chunk(reasoning_content="A thought \ud83d"), "An odd reply", gate, ".")
    endpoint.say("Another's reply.")
    other = await database_sync_to_async(make_conversation)(ben, mira)
    odd, plain = await open_socket(conversation, ada), await open_socket(other, ben)
    await odd.send("Think.")
    await odd.until("reply.delta")

    await plain.send("Are you there?")

    assert (await plain.until("reply.finished"))["message"]["text"] == "Another's reply."
    gate.go()
    assert (await odd.until("reply.finished"))["message"]["text"] == "An odd reply."


async def test_a_whole_reply_is_not_asked_for_again_when_only_its_streams_end_is_lost(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.queue(behaviours.drop("A whole reply.", FINISH))
    socket = await open_socket(conversation, ada)

    await socket.send("Well?")
    finished = await socket.until("reply.finished")

    assert finished["message"]["text"] == "A whole reply."
    assert len(endpoint.requests) == 1


async def test_a_thought_that_takes_all_the_room_is_not_paid_for_again_and_again(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.script = lambda body: behaviours.say(reasoning=("On and on",), finish="length")
    socket = await open_socket(conversation, ada)

    await socket.send("What is the meaning of it?")
    failed = await socket.until("turn.failed")

    assert failed["code"] == "no_room"
    assert len(endpoint.requests) == 2


async def test_a_reply_prefix_begins_the_reply_and_is_said_to_the_model(
    transactional_db: None, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    def prefixed() -> Conversation:
        return make_conversation(ada, make_character(reply_prefix="*{{char}} turns to {{user}}.* "))

    conversation = await database_sync_to_async(prefixed)()
    endpoint.say(" “Yes", "?”")
    socket = await open_socket(conversation, ada)

    await socket.send("Mira.")
    finished = await socket.until("reply.finished")

    assert endpoint.requests[0]["messages"][-1]["content"] == "*Mira turns to ada.*"
    assert finished["message"]["text"] == "*Mira turns to ada.* “Yes?”"


async def test_an_engine_whose_client_cannot_be_opened_tries_again(
    conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    faults = [OSError("no such proxy")]

    async def open_client():
        if faults:
            raise faults.pop()
        return await endpoints.opened(configured(endpoint))

    engine = Engine(open_client)
    await engine.start()
    socket = await open_socket(conversation, ada)

    await socket.send("Are you there?")

    assert (await socket.until("reply.finished"))["message"]["text"] == "All right."
    await engine.stop()


async def test_answers_come_in_the_order_of_ones_own_frames(
    conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    socket = await open_socket(conversation, ada)

    for number in range(3):
        await socket.send(f"Number {number}.")
    saved = [(await socket.until("message.saved"))["message"] for _ in range(4)]

    assert [message["role"] for message in saved] == ["user", "assistant", "user", "user"]
    assert [message["parent"] for message in saved[1:]] == [message["id"] for message in saved[:-1]]
