"""The true client: what reaches the wire, what comes back, how it breaks, and that it leaves nothing open."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing, suppress

import httpx2
import pytest

from roleplay.prompt.values import Block, Prompt
from roleplay.providers import errors
from roleplay.providers.client import Client
from roleplay.providers.dialects import kimi
from roleplay.providers.dialects.values import Wish
from roleplay.providers.endpoints import Endpoint as Configured
from roleplay.providers.sse import Usage
from tests import behaviours
from tests.conftest import configured
from tests.endpoint import Endpoint
from tests.kimi import refusal

PROMPT = Prompt(
    blocks=(Block("system", "你饰演凯尔希。", "head", 9), Block("user", "Why?\n\t“河”", "history", 5, "阿澄")),
    name="凯尔希",
    text="“因为",
)
REQUEST = kimi.request(PROMPT, Wish(model="kimi-k2.6", reply_tokens=64, user="somebody"))
SAID = 'data: {"choices":[{"delta":{"content":"你好 \N{GRINNING FACE}"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'


async def reply(client: Client) -> str:
    async with aclosing(client.stream(REQUEST)) as deltas:
        return "".join([delta.text async for delta in deltas])


def through(handler) -> Client:
    """A client with no network: the handler answers."""
    endpoint = Configured(
        base_url="http://model.test/v1", key="a key", model="kimi-k2.6", dialect=kimi.DIALECT, reply_tokens=64
    )
    return Client(endpoint, transport=httpx2.MockTransport(handler))


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

    assert await reply(through(lambda _: httpx2.Response(200, content=bytes_one_by_one()))) == "你好 \N{GRINNING FACE}"


async def test_reasoning_text_and_usage_come_as_deltas(client, endpoint):
    endpoint.say("Yes", ".", reasoning=("Hm.",), usage={"prompt_tokens": 7, "completion_tokens": 2})

    async with aclosing(client.stream(REQUEST)) as stream:
        deltas = [delta async for delta in stream]

    assert "".join(delta.reasoning for delta in deltas) == "Hm."
    assert "".join(delta.text for delta in deltas) == "Yes."
    assert [delta.finish for delta in deltas if delta.finish] == ["stop"]
    assert deltas[-1].usage == Usage(7, 2)


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (behaviours.fail(400, "content_filter"), errors.ContentFiltered),
        (behaviours.fail(400, "invalid_request_error"), errors.InvalidRequest),
        (behaviours.fail(400, "invalid_request_error", "exceeded model token limit"), errors.TooLong),
        (behaviours.fail(401, "invalid_authentication_error"), errors.WrongKey),
        (behaviours.fail(403, "permission_denied_error"), errors.Forbidden),
        (behaviours.fail(404, "resource_not_found_error"), errors.UnknownModel),
        (behaviours.fail(429, "rate_limit_reached_error"), errors.RateLimited),
        (behaviours.fail(429, "engine_overloaded_error"), errors.Overloaded),
        (behaviours.fail(429, "exceeded_current_quota_error"), errors.QuotaExhausted),
        (behaviours.fail(500, "server_error"), errors.ServerFailed),
        (behaviours.html(504), errors.ServerFailed),
        (behaviours.fail_midway("Hel", type="engine_overloaded_error"), errors.Overloaded),
        (behaviours.fail_midway("Hel", type="unheard_of"), errors.BrokenStream),
        (behaviours.drop("Hel"), errors.BrokenStream),
        (behaviours.drop(), errors.BrokenStream),
        (behaviours.end_without_finish("Hel"), errors.BrokenStream),
        (behaviours.say("Hel", behaviours.MALFORMED), errors.BrokenStream),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_each_fault_is_an_error_of_ours_and_is_not_tried_again(client, endpoint, behaviour, error):
    endpoint.queue(behaviour)

    with pytest.raises(errors.ProviderError) as caught:
        await reply(client)

    assert type(caught.value) is error
    assert len(endpoint.requests) == 1


async def test_what_was_said_before_a_fault_has_come(client, endpoint):
    endpoint.drop("Hel", "lo")

    text = ""
    with pytest.raises(errors.BrokenStream):
        async with aclosing(client.stream(REQUEST)) as deltas:
            async for delta in deltas:
                text += delta.text

    assert text == "Hello"


async def test_the_provider_may_say_how_long_to_wait(client, endpoint):
    endpoint.fail(429, "engine_overloaded_error", headers={"Retry-After": "3"})

    with pytest.raises(errors.Overloaded) as caught:
        await reply(client)

    assert caught.value.retry_after == 3


async def test_a_server_that_is_not_there_is_unreachable():
    async with Endpoint() as gone:
        client = Client(configured(gone))

    with pytest.raises(errors.Unreachable):
        await reply(client)
    with pytest.raises(errors.Unreachable):
        await client.models()


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


@pytest.mark.parametrize("kind", ["text/html", "application/json"])
async def test_what_is_no_list_of_models_is_an_error_of_ours(kind):
    page = httpx2.Response(200, content=b"<h1>Welcome</h1>", headers={"Content-Type": kind})

    with pytest.raises(errors.ProviderError):
        await through(lambda _: page).models()
