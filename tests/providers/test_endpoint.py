"""The scripted endpoint as the true `openai` client sees it."""

from __future__ import annotations

import asyncio

import httpx2
import openai
import pytest

from tests.behaviours import KEEP_ALIVE, MALFORMED, say
from tests.endpoint import Endpoint, endpoint_in_thread
from tests.providers.asking import PARTIAL, asking, chunks_of, reply_of, text_until_it_breaks


async def test_a_reply_is_streamed_in_its_pieces_and_ends_as_kimi_does(endpoint):
    endpoint.say("Hel", "你好", usage={"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9})

    role, first, second, finish, usage = await chunks_of(endpoint)

    assert role.choices[0].delta.role == "assistant"
    assert [first.choices[0].delta.content, second.choices[0].delta.content] == ["Hel", "你好"]
    assert finish.choices[0].finish_reason == "stop"
    assert finish.choices[0].usage["prompt_tokens"] == 7
    assert (usage.choices, usage.usage.prompt_tokens) == ([], 7)


async def test_it_keeps_what_it_was_asked(endpoint):
    await reply_of(endpoint, partial="Yes", key="secret", extra_body={"thinking": {"type": "disabled"}})

    assert endpoint.requests[0]["messages"][-1] == {**PARTIAL, "content": "Yes"}
    assert endpoint.requests[0]["thinking"] == {"type": "disabled"}
    assert endpoint.headers[0]["authorization"] == "Bearer secret"


async def test_queued_behaviours_come_in_their_order_and_then_the_script_answers(endpoint):
    endpoint.say("One.")
    endpoint.say("Two.", finish="length")
    endpoint.script = lambda body: say(f"After {body['messages'][0]['content']}")

    replies = [await reply_of(endpoint) for _ in range(3)]

    assert replies == [("One.", "stop"), ("Two.", "length"), ("After Hello.", "stop")]


async def test_reasoning_comes_before_the_text(endpoint):
    endpoint.say("Yes.", reasoning=("Hm", "…"))

    deltas = [chunk.choices[0].delta for chunk in await chunks_of(endpoint) if chunk.choices]

    told = [(getattr(delta, "reasoning_content", None), delta.content) for delta in deltas]
    assert told == [(None, ""), ("Hm", None), ("…", None), (None, "Yes."), (None, None)]


async def test_a_gate_holds_the_stream_until_it_opens(endpoint):
    endpoint.say("Hel", gate := endpoint.gate(), "lo")

    async with asking(endpoint) as stream:
        await anext(stream)
        before = (await anext(stream)).choices[0].delta.content
        after = asyncio.ensure_future(anext(stream))
        await gate.reached.wait()
        held = not after.done()
        gate.go()

        assert (before, held, (await after).choices[0].delta.content) == ("Hel", True, "lo")


async def test_a_gate_that_stands_first_holds_back_the_headers(endpoint):
    endpoint.say(gate := endpoint.gate(), "Hello.")

    reply = asyncio.create_task(reply_of(endpoint))
    await gate.reached.wait()
    gate.go()

    assert await reply == ("Hello.", "stop")


async def test_it_notices_each_client_that_leaves_in_mid_stream(endpoint):
    for _ in range(2):
        endpoint.say("Hel", silence := endpoint.silence())
        async with asking(endpoint):
            await silence.reached.wait()

    await endpoint.client_left(times=2)
    await reply_of(endpoint)
    assert endpoint.closed == 2


async def test_comments_are_no_part_of_the_text(endpoint):
    endpoint.say("Hel", KEEP_ALIVE, "lo")

    assert await reply_of(endpoint) == ("Hello", "stop")


async def test_a_malformed_line_reaches_the_client(endpoint):
    endpoint.say("Hel", MALFORMED, "lo")

    text, _ = await text_until_it_breaks(endpoint, ValueError)

    assert text == "Hel"


@pytest.mark.parametrize(
    ("status", "type", "error"),
    [
        (400, "content_filter", openai.BadRequestError),
        (429, "engine_overloaded_error", openai.RateLimitError),
        (503, "server_error", openai.InternalServerError),
    ],
)
async def test_a_failure_is_an_error_response(endpoint, status, type, error):
    endpoint.fail(status, type, message="Not now.", headers={"Retry-After": "3"})

    _, caught = await text_until_it_breaks(endpoint, error)

    assert caught.status_code == status
    assert caught.body == {"type": type, "message": "Not now."}
    assert caught.response.headers["retry-after"] == "3"


async def test_a_failure_midway_comes_after_the_text(endpoint):
    endpoint.fail_midway("Hel", type="engine_overloaded_error")

    text, caught = await text_until_it_breaks(endpoint, openai.APIError)

    assert (text, caught.body["type"]) == ("Hel", "engine_overloaded_error")


async def test_a_dropped_stream_breaks_after_the_text(endpoint):
    endpoint.drop("Hel", "lo")

    text, _ = await text_until_it_breaks(endpoint, (httpx2.HTTPError, openai.APIError))

    assert text == "Hello"


async def test_a_stream_may_end_without_a_finish(endpoint):
    endpoint.end_without_finish("Hel")

    assert await reply_of(endpoint) == ("Hel", None)


async def test_a_gateway_answers_with_a_page(endpoint):
    endpoint.html(504)

    _, caught = await text_until_it_breaks(endpoint, openai.InternalServerError)

    assert caught.response.headers["content-type"] == "text/html"


async def test_it_lists_its_models(endpoint):
    endpoint.models = ["kimi-k2.6", "kimi-k9"]

    async with openai.AsyncOpenAI(base_url=endpoint.url, api_key="none") as client:
        assert [model.id async for model in client.models.list()] == ["kimi-k2.6", "kimi-k9"]


async def test_a_wrong_key_is_refused_and_uses_up_nothing(endpoint):
    endpoint.key = "right"
    endpoint.say("Come in.")

    await text_until_it_breaks(endpoint, openai.AuthenticationError)

    assert await reply_of(endpoint, key="right") == ("Come in.", "stop")


async def test_a_wrong_key_sees_no_models(endpoint):
    endpoint.key = "right"

    async with openai.AsyncOpenAI(base_url=endpoint.url, api_key="wrong", max_retries=0) as client:
        with pytest.raises(openai.AuthenticationError):
            await client.models.list()


async def test_what_kimi_refuses_is_refused(endpoint):
    with pytest.raises(openai.BadRequestError, match="white space"):
        await reply_of(endpoint, partial="Yes ")
    with pytest.raises(openai.NotFoundError, match="kimi-k2-0905"):
        await reply_of(endpoint, model="kimi-k2-0905")


async def test_a_lenient_endpoint_takes_everything():
    async with Endpoint(strict=False) as endpoint:
        assert await reply_of(endpoint, partial="Yes ", model="other", temperature=1) == (
            "All right.",
            "stop",
        )


async def test_an_error_in_a_script_is_raised_at_the_end():
    with pytest.raises(ZeroDivisionError):
        async with Endpoint(script=lambda body: say(str(1 // 0))) as endpoint:
            await text_until_it_breaks(endpoint, openai.APIConnectionError)


async def test_it_closes_while_clients_wait():
    async with Endpoint() as endpoint:
        endpoint.say("Hel", silence := endpoint.silence())
        broken = asyncio.create_task(text_until_it_breaks(endpoint, (httpx2.HTTPError, openai.APIError)))
        await silence.reached.wait()

    await broken
    assert endpoint.closed == 0


def test_an_endpoint_in_a_thread_serves_another_loop():
    async def a_reply_and_a_client_that_leaves(endpoint):
        endpoint.say("Hel", gate := endpoint.gate(), "lo")
        reply = asyncio.create_task(reply_of(endpoint))
        await gate.reached.wait()
        gate.go()
        endpoint.queue(say(silence := endpoint.silence()))
        told = await reply
        leaver = asyncio.create_task(reply_of(endpoint))
        await silence.reached.wait()
        leaver.cancel()
        await endpoint.client_left()
        return told

    with endpoint_in_thread() as endpoint:
        assert asyncio.run(a_reply_and_a_client_that_leaves(endpoint)) == ("Hello", "stop")
        assert len(endpoint.requests) == 2
