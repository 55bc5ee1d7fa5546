"""How often, and after which pauses, a model is asked again; and what becomes of those that cannot continue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation, Turn
from roleplay.providers import endpoints
from roleplay.providers.dialects import openai, prefill
from roleplay.providers.errors import Overloaded, Passing
from roleplay.turns.engine import Engine
from roleplay.turns.pauses import LONGEST, growing
from roleplay.turns.runner import MOST_TRIES
from tests import behaviours, oracle
from tests.conftest import Open, configured
from tests.endpoint import Endpoint

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("unguarded")]

REPLY = "It is a long way down to the river, and longer back."


def engine_with(endpoint: Endpoint, pauses: list[int], **changes: Any) -> Engine:
    """An engine that writes down after how many tries it was to pause, and does not."""

    def pause(error: Passing, before: int) -> float:
        pauses.append(before)
        return 0.0

    return Engine(lambda: endpoints.opened(configured(endpoint, **changes)), pause=pause)


async def test_a_try_in_vain_counts_and_one_that_gains_text_does_not(
    conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    pauses: list[int] = []
    engine = engine_with(endpoint, pauses)
    said = oracle.continuing(REPLY)

    def three_code_points(body: Any) -> behaviours.Behaviour:
        answer = said(body)
        assert isinstance(answer, behaviours.Stream)
        return behaviours.drop(*answer.pieces[:2])

    for _ in range(8):
        endpoint.queue(three_code_points)
    endpoint.script = said
    await engine.start()
    socket = await open_socket(conversation, ada)

    await socket.send("Tell me.")
    finished = await socket.until("reply.finished")

    await engine.stop()
    assert finished["message"]["text"] == REPLY
    assert pauses == [0] * 8
    assert (await Turn.objects.aget()).tries == 0


async def test_pauses_grow_with_each_try_in_vain_and_end(
    conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    pauses: list[int] = []
    engine = engine_with(endpoint, pauses)
    endpoint.script = lambda body: behaviours.html(504)
    await engine.start()
    socket = await open_socket(conversation, ada)

    await socket.send("Are you there?")
    failed = await socket.until("turn.failed")

    await engine.stop()
    assert (failed["code"], failed["actions"]) == ("server_failed", ["retry"])
    assert len(endpoint.requests) == MOST_TRIES
    assert pauses == list(range(MOST_TRIES - 1))


@pytest.mark.parametrize("before", range(10))
def test_a_pause_is_doubled_jittered_and_bounded(before: int):
    expected = Overloaded.pause * 2**before

    assert min(LONGEST, expected * 0.75) <= growing(Overloaded(), before) <= min(LONGEST, expected * 1.25)


@pytest.mark.parametrize("as_date", [False, True], ids=["seconds", "a date"])
async def test_a_provider_that_asks_to_wait_is_waited_for(
    as_date: bool, conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    asked_until = datetime.now(UTC) + timedelta(seconds=90)
    header = format_datetime(asked_until, usegmt=True) if as_date else "90"
    endpoint.fail(429, "engine_overloaded_error", headers={"Retry-After": header})
    engine = Engine(lambda: endpoints.opened(configured(endpoint)))
    await engine.start()
    socket = await open_socket(conversation, ada)

    await socket.send("Are you there?")
    waiting = await socket.until("turn.waiting")
    turn = await Turn.objects.aget()

    await engine.stop()
    assert waiting["place"] == 1
    assert turn.wake_at is not None
    assert abs(turn.wake_at - asked_until) < timedelta(seconds=5)
    assert turn.tries == 1


async def test_a_provider_that_asks_for_too_much_is_asked_no_more(
    conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    endpoint.fail(429, "rate_limit_reached_error", headers={"Retry-After": "86400"})
    engine = Engine(lambda: endpoints.opened(configured(endpoint)))
    await engine.start()
    socket = await open_socket(conversation, ada)

    await socket.send("Are you there?")
    failed = await socket.until("turn.failed")

    await engine.stop()
    assert (failed["code"], len(endpoint.requests)) == ("rate_limited", 1)


async def test_where_a_reply_cannot_be_continued_it_keeps_its_text(
    conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    endpoint.strict = False
    endpoint.queue(behaviours.drop("As far as this"))
    engine = engine_with(endpoint, [], dialect=openai.DIALECT)
    await engine.start()
    socket = await open_socket(conversation, ada)

    await socket.send("Tell me.")
    failed = await socket.until("turn.failed")

    await engine.stop()
    assert (failed["message"]["state"], failed["message"]["text"]) == ("interrupted", "As far as this")
    assert failed["actions"] == ["retry"]
    assert len(endpoint.requests) == 1


async def test_a_trailing_message_is_continued(
    conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    endpoint.strict = False
    endpoint.queue(behaviours.drop("As far as the middle of it"))
    endpoint.queue(behaviours.say("As far as", " the middle of it, and", " the rest."))  # llama.cpp repeats
    engine = engine_with(endpoint, [], dialect=prefill.DIALECT)
    await engine.start()
    socket = await open_socket(conversation, ada)

    await socket.send("Tell me.")
    finished = await socket.until("reply.finished")

    await engine.stop()
    assert endpoint.requests[1]["messages"][-1]["content"] == "As far as the middle of it"
    assert finished["message"]["text"] == "As far as the middle of it, and the rest."


async def test_a_laugh_that_breaks_off_is_not_taken_for_an_echo(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    whole = "哈" * 40 + "。"
    endpoint.queue(behaviours.drop("哈" * 16))
    endpoint.queue(oracle.continuing(whole))
    socket = await open_socket(conversation, ada)

    await socket.send("Tell me a joke.")

    assert (await socket.until("reply.finished"))["message"]["text"] == whole
