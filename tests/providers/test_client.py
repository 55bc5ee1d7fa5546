"""The true client: what reaches the wire, what comes back, and that it leaves nothing open."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing, suppress

import httpx2
import pytest

from roleplay.providers import errors
from roleplay.providers.client import Client
from roleplay.providers.sse import Usage
from tests import behaviours
from tests.conftest import configured
from tests.kimi import refusal
from tests.providers.streaming import REQUEST, reply, through

SAID = 'data: {"choices":[{"delta":{"content":"你好 \N{GRINNING FACE}"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'


@pytest.fixture
async def client(endpoint):
    client = Client(configured(endpoint))
    yield client
    await client.close()


async def test_partial_and_a_chinese_name_reach_the_wire_unchanged():
    asked: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(200, text=SAID)

    assert await reply(through(answer)) == "你好 \N{GRINNING FACE}"

    (request,) = asked
    body = json.loads(request.content)
    assert str(request.url) == "http://model.test/v1/chat/completions"
    assert request.headers["authorization"] == "Bearer a key"
    assert '"凯尔希"' in request.content.decode("utf-8")
    assert body["messages"] == list(REQUEST.messages)
    assert body["messages"][-1]["partial"] is True
    assert body["thinking"] == {"type": "disabled"}
    assert refusal(body) is None


async def test_a_reply_cut_at_every_byte_of_the_wire_is_whole():
    async def bytes_one_by_one():
        for byte in SAID.encode():
            yield bytes([byte])

    assert (
        await reply(through(lambda _: httpx2.Response(200, content=bytes_one_by_one())))
        == "你好 \N{GRINNING FACE}"
    )


async def test_reasoning_text_and_usage_come_as_deltas(client, endpoint):
    endpoint.say("Yes", ".", reasoning=("Hm.",), usage={"prompt_tokens": 7, "completion_tokens": 2})

    async with aclosing(client.stream(REQUEST)) as stream:
        deltas = [delta async for delta in stream]

    assert "".join(delta.reasoning for delta in deltas) == "Hm."
    assert "".join(delta.text for delta in deltas) == "Yes."
    assert [delta.finish for delta in deltas if delta.finish] == ["stop"]
    assert deltas[-1].usage == Usage(7, 2)


@pytest.mark.parametrize(
    "silent",
    [
        lambda silence: (silence,),
        lambda silence: ("Hel", silence),
        lambda silence: (behaviours.KEEP_ALIVE, silence),
    ],
    ids=["before the headers", "after a delta", "but for comments"],
)
async def test_silence_is_noticed_and_the_stream_closed(endpoint, silent):
    endpoint.say(*silent(endpoint.silence()))
    client = Client(configured(endpoint, first_delta_within=0.3, next_delta_within=0.1))

    with pytest.raises(errors.Silence):
        await reply(client)

    await endpoint.client_left()


async def test_leaving_early_closes_the_connection(client, endpoint):
    endpoint.say("Hel", endpoint.silence())

    async with aclosing(client.stream(REQUEST)) as deltas:
        await anext(deltas)

    await endpoint.client_left()


async def test_a_cancelled_reader_closes_the_connection(client, endpoint):
    endpoint.say("Hel", silence := endpoint.silence())
    reading = asyncio.create_task(reply(client))
    await silence.reached.wait()

    reading.cancel()
    with suppress(asyncio.CancelledError):
        await reading

    await endpoint.client_left()
    assert reading.cancelled()


async def test_the_models_on_offer_are_told(client, endpoint):
    assert await client.models() == ["kimi-k2.6", "kimi-k3"]
