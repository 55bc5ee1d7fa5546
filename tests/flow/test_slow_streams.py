"""Streams that are slow, silent, repetitive, or end too soon: each comes to a state that a reader understands."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation
from roleplay.turns.engine import Engine
from tests import behaviours
from tests.behaviours import KEEP_ALIVE, Piece
from tests.conftest import Open, make_engine
from tests.endpoint import Endpoint
from tests.oracle import said_so_far

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("unguarded")]

FOR_EVER = 400  # pieces


def slowly(said: Piece, every: float = 0.05) -> tuple[Piece, ...]:
    return tuple(piece for _ in range(FOR_EVER) for piece in (said, every))


async def ended(
    endpoint: Endpoint, conversation: Conversation, ada: User, open_socket: Open, **times: float
) -> Any:
    """How a reply ends under these times, in seconds."""
    engine = make_engine(endpoint, **times)
    await engine.start()
    socket = await open_socket(conversation, ada)
    await socket.send("Tell me.")
    failed = await socket.until("turn.failed")
    await engine.stop()
    return failed


async def test_a_reply_that_takes_for_ever_is_ended_and_keeps_its_text(
    conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    endpoint.say(*slowly("a"))

    failed = await ended(
        endpoint, conversation, ada, open_socket, next_delta_within=5.0, whole_reply_within=0.6
    )

    assert (failed["code"], failed["message"]["state"]) == ("too_slow", "interrupted")
    assert set(failed["message"]["text"]) == {"a"}
    assert (failed["actions"], len(endpoint.requests)) == (["retry", "continue"], 1)


@pytest.mark.parametrize("said", [KEEP_ALIVE, b"x"], ids=["comments", "a byte now and then"])
async def test_what_says_nothing_counts_as_silence(
    said: bytes, conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    endpoint.script = lambda body: behaviours.say(*slowly(said))

    failed = await ended(
        endpoint, conversation, ada, open_socket, first_delta_within=0.2, next_delta_within=0.2
    )

    assert (failed["code"], failed["message"]["state"]) == ("silence", "failed")
    assert failed["sentence"]


async def test_silence_in_mid_reply_is_mended(
    conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    endpoint.say("Half of it", endpoint.silence())
    endpoint.say(", and the rest.")
    engine = make_engine(endpoint, next_delta_within=0.2)
    await engine.start()
    socket = await open_socket(conversation, ada)

    await socket.send("Tell me.")
    finished = await socket.until("reply.finished")

    await engine.stop()
    assert finished["message"]["text"] == "Half of it, and the rest."


@pytest.mark.parametrize("cut", [1, 3, 7, 40])
async def test_an_echo_of_the_text_so_far_is_shown_once(
    cut: int, conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    begun, rest = "It is a long way down", " to the river."
    endpoint.queue(behaviours.drop(begun))
    echoed = begun + rest
    endpoint.say(*(echoed[at : at + cut] for at in range(0, len(echoed), cut)))
    socket = await open_socket(conversation, ada)

    await socket.send("Tell me.")
    finished = await socket.until("reply.finished")

    assert said_so_far(endpoint.requests[1]) == begun
    assert finished["message"]["text"] == begun + rest


async def test_a_length_reached_five_times_is_the_end(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    for number in range(5):
        endpoint.say(f"{number}, and", " so on. ", finish="length")
    socket = await open_socket(conversation, ada)

    await socket.send("Count.")
    finished = await socket.until("reply.finished")

    assert finished["reason"] == "length"
    assert finished["message"]["text"] == "0, and so on." + "".join(f"{n}, and so on." for n in range(1, 5))
    assert len(endpoint.requests) == 5


async def test_thinking_without_a_word_is_tried_again_and_said(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.script = lambda body: behaviours.say(reasoning=("Let me see.",))
    socket = await open_socket(conversation, ada)

    await socket.send("Well?")
    failed = await socket.until("turn.failed")

    assert (failed["code"], failed["actions"]) == ("empty_reply", ["retry"])
