"""The demo model's endpoint: Kimi's protocol, driven as an ASGI application and through the real client."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import openai
import orjson
import pytest

from roleplay.prompt.values import Persona, Sheet
from roleplay.providers.demo.app import DemoModel
from tests.prompt.heads import system_prompt

MIRA = system_prompt(Sheet(name="Mira", quotes=("The sea keeps its own accounts.",)), Persona("Ada"))
ZHIQIU = system_prompt(Sheet(name="沈知秋", language="zh", quotes=("纸比人记性好。",)), Persona("Ada"))
PARTIAL = {"role": "assistant", "name": "Mira", "content": "", "partial": True}
HELLO = {"role": "user", "content": "Hello there, I found an old key."}


def body(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    told = messages or ({"role": "system", "content": MIRA}, HELLO, PARTIAL)
    return {"model": "demo", "messages": list(told), **more}


async def call(
    sent: bytes | dict[str, Any],
    *,
    path: str = "/demo/v1/chat/completions",
    method: str = "POST",
    bearer: str | None = "secret",
) -> tuple[int, bytes]:
    transport = httpx2.ASGITransport(DemoModel(bearer="secret", pace=0))
    headers = [] if bearer is None else [(b"Authorization", f"Bearer {bearer}".encode())]
    content = sent if isinstance(sent, bytes) else orjson.dumps(sent)
    async with httpx2.AsyncClient(transport=transport, base_url="http://demo") as client:
        response = await client.request(method, path, content=content, headers=headers)
    return response.status_code, response.content


def client() -> openai.AsyncOpenAI:
    transport = httpx2.ASGITransport(DemoModel(bearer="secret", pace=0))
    http = openai.DefaultAsyncHttpxClient(transport=transport)
    return openai.AsyncOpenAI(
        base_url="http://demo/demo/v1", api_key="secret", max_retries=0, http_client=http
    )


async def test_a_stream_comes_as_kimis():
    _, answer = await call(body(stream=True, stream_options={"include_usage": True}))

    *events, rest = answer.split(b"\n\n")
    *chunks, done = [event.removeprefix(b"data: ") for event in events]
    first, *deltas, last, usage = map(orjson.loads, chunks)
    assert (rest, done) == (b"", b"[DONE]")
    assert first["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert len(deltas) > 40
    assert all(each["choices"][0]["delta"].keys() == {"content"} for each in deltas)
    assert all(each["choices"][0]["finish_reason"] is None for each in (first, *deltas))
    assert (last["choices"][0]["delta"], last["choices"][0]["finish_reason"]) == ({}, "stop")
    assert usage["choices"] == []
    assert usage["usage"] == last["choices"][0]["usage"]
    assert {each["id"] for each in (*deltas, last, usage)} == {first["id"]}


async def test_the_openai_client_reads_the_stream_and_the_whole_alike():
    model = client()

    whole = await client().chat.completions.create(**body())
    async with await model.chat.completions.create(**body(stream=True)) as stream:
        pieces = [chunk.choices[0].delta.content or "" async for chunk in stream]
    models = [each.id async for each in model.models.list()]

    assert "".join(pieces) == whole.choices[0].message.content
    assert whole.choices[0].finish_reason == "stop"
    assert whole.usage is not None
    assert whole.usage.completion_tokens == -(-len("".join(pieces).encode()) // 4)
    assert models == ["demo"]


async def test_a_reply_that_is_whole_gets_nothing_added():
    _, answer = await call(body())
    whole = orjson.loads(answer)["choices"][0]["message"]["content"]

    _, again = await call(body({"role": "system", "content": MIRA}, HELLO, {**PARTIAL, "content": whole}))

    assert orjson.loads(again)["choices"][0] == {
        "index": 0,
        "message": {"role": "assistant", "content": ""},
        "finish_reason": "stop",
    }


async def test_a_stop_ends_the_reply_before_it():
    _, answer = await call(body(stop=["*"]))

    choice = orjson.loads(answer)["choices"][0]
    assert "*" not in choice["message"]["content"]
    assert choice["finish_reason"] == "stop"


REFUSED: dict[str, bytes | dict[str, Any]] = {
    **{
        key: body(**{key: 1})
        for key in ("temperature", "top_p", "n", "presence_penalty", "frequency_penalty")
    },
    "max_tokens": body(max_tokens=100),
    "partial of the request": body(partial=True),
    "name of the request": body(name="Mira"),
    "no JSON": b'{"model": "demo", "messages": [',
    "no object": b"[]",
    "no messages": {"model": "demo", "messages": []},
    "no model": {"messages": [HELLO]},
    "odd message": body("Hello"),  # type: ignore[arg-type]
    "odd role": body({"role": "narrator", "content": "Night."}),
    "odd content": body({"role": "user", "content": 7}),
    "odd part": body({"role": "user", "content": ["Hello"]}),
    "empty reply in between": body(HELLO, {"role": "assistant", "content": ""}, HELLO, PARTIAL),
    "partial not last": body(PARTIAL, HELLO),
    "partial of the user": body({**HELLO, "partial": True}),
    "partial neither true nor false": body({**PARTIAL, "partial": "yes"}),
    "partial without name and content": body(HELLO, {"role": "assistant", "content": "", "partial": True}),
    "partial with response_format": body(response_format={"type": "json_object"}),
    "partial with tools": body(tools=[{"type": "function", "function": {"name": "roll"}}]),
    "response_format": body(HELLO, response_format={"type": "json_object"}),
    "name of a system message": body(
        {"role": "system", "name": "Mira", "content": "You play Mira."}, PARTIAL
    ),
    "name with a line break": body({**PARTIAL, "name": "Mi\nra"}),
    "name with a quotation mark": body({**PARTIAL, "name": 'Mi"ra'}),
    "name with a template's mark": body({**PARTIAL, "name": "Mira<|end|>"}),
    "name of 65 characters": body({**PARTIAL, "name": "M" * 65}),
    "no tokens": body(max_completion_tokens=0),
    "tokens that are no number": body(max_completion_tokens=True),
    "six stops": body(stop=["a"] * 6),
    "a stop of 33 bytes": body(stop="a" * 33),
    "odd stream_options": body(stream_options=True),
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED.keys())
async def test_what_kimi_refuses_is_refused(refused):
    status, answer = await call(refused)

    error = orjson.loads(answer)["error"]
    assert (status, error["type"]) == (400, "invalid_request_error")
    assert error["message"]


@pytest.mark.parametrize("name", ["Dr. Kelsier", "Kal'tsit", "凯尔希", "M" * 64])
async def test_names_may_have_spaces_dots_and_apostrophes(name):
    status, _ = await call(body({**PARTIAL, "name": name}))

    assert status == 200


async def test_a_model_and_an_address_that_are_not_there_are_not_found():
    model = await call({**body(), "model": "kimi-k2.6"})
    address = await call(body(), path="/demo/v1/embeddings")

    for status, answer in (model, address):
        assert (status, orjson.loads(answer)["error"]["type"]) == (404, "resource_not_found_error")


async def test_a_body_of_more_than_4_mib_is_too_long():
    status, answer = await call(b" " * (4 * 1024 * 1024 + 1))

    assert (status, orjson.loads(answer)["error"]["type"]) == (413, "invalid_request_error")


@pytest.mark.parametrize("bearer", [None, "", "Secret", "secret2", "geheim\u00e9"])
@pytest.mark.parametrize("path", ["/demo/v1/models", "/demo/v1/chat/completions"])
async def test_without_the_bearer_nothing_is_there(bearer, path):
    status, answer = await call(body(), path=path, bearer=bearer)

    assert (status, answer) == (404, b"Not found")


async def test_it_stops_at_once_when_the_client_goes_away():
    sent: list[dict[str, Any]] = []
    first_piece = asyncio.Event()
    requests = [{"type": "http.request", "body": orjson.dumps(body(stream=True))}]

    async def receive() -> dict[str, Any]:
        if requests:
            return requests.pop()
        await first_piece.wait()
        return {"type": "http.disconnect"}

    async def send(event: Any) -> None:
        sent.append(event)
        if event["type"] == "http.response.body":
            first_piece.set()

    headers = [(b"authorization", b"Bearer secret")]
    scope = {"type": "http", "method": "POST", "path": "/demo/v1/chat/completions", "headers": headers}
    async with asyncio.timeout(10):
        await DemoModel(bearer="secret", pace=3600)(scope, receive, send)

    assert [event["type"] for event in sent] == ["http.response.start", "http.response.body"]
    assert sent[-1]["more_body"]


async def test_a_client_that_goes_away_while_it_asks_gets_no_answer():
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(event: Any) -> None:
        sent.append(event)

    headers = [(b"authorization", b"Bearer secret")]
    scope = {"type": "http", "method": "POST", "path": "/demo/v1/chat/completions", "headers": headers}
    await DemoModel(bearer="secret")(scope, receive, send)

    assert sent == []
