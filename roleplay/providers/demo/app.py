"""The built-in endpoint: chat completions in Kimi's protocol, without a language model behind them.

A raw ASGI application, for HTTP below /demo/v1; whoever mounts it sends it nothing else.
"""

from __future__ import annotations

import asyncio
import hmac
import time
import uuid
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

import orjson

from roleplay.providers.demo import continuation, voice
from roleplay.providers.demo.drafting import draft
from roleplay.providers.demo.request import MODEL, Message, Refused, Request, parse

MOST = 4 * 1024 * 1024  # bytes of a body
VARIATIONS = 8  # of the answer to one request
REMEMBERED = 256  # requests

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class DemoModel:
    """Answers those who bring `bearer`; to others it is not there. `pace`: seconds between two pieces of a reply."""

    def __init__(self, *, bearer: str, pace: float = 0.03) -> None:
        self._authorization = f"Bearer {bearer}".encode()
        self._pace = pace
        self._answers: OrderedDict[bytes, int] = OrderedDict()  # how often what was asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not hmac.compare_digest(dict(scope["headers"]).get(b"authorization", b""), self._authorization):
            await _answer(send, 404, b"Not found", b"text/plain")
            return
        try:
            match scope["method"], scope["path"]:
                case "GET", "/demo/v1/models":
                    model = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
                    await _answer_json(send, 200, {"object": "list", "data": [model]})
                case "POST", "/demo/v1/chat/completions":
                    body = await _body(receive)
                    if body is not None:
                        await self._complete(parse(body), receive, send)
                case _:
                    raise Refused("Not found.", status=404, kind="resource_not_found_error")
        except Refused as refused:
            error = {"type": refused.kind, "message": str(refused)}
            await _answer_json(send, refused.status, {"error": error})

    async def _complete(self, request: Request, receive: Receive, send: Send) -> None:
        text, finish = continuation.cut(
            continuation.rest(self._reply(request), request.content), request.most_tokens, request.stop
        )
        usage = _usage(request, text)
        made = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": MODEL}
        if request.stream:
            pieces = continuation.pieces(text, draft.TOGETHER if draft.is_wanted(request) else 1)
            await self._stream(_chunks(made, pieces, finish, usage, request.include_usage), receive, send)
            return
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": finish}
        await _answer_json(
            send, 200, made | {"object": "chat.completion", "choices": [choice], "usage": usage}
        )

    def _reply(self, request: Request) -> str:
        """What is asked again gets another answer, as from other models; what goes on keeps to its own."""
        drafts = draft.is_wanted(request)
        write = draft.draft if drafts else voice.reply
        if request.content and not (drafts and request.content.rstrip() == draft.BEGINNING):
            replies = (write(request, variation) for variation in range(VARIATIONS))
            begun = (reply for reply in replies if reply.startswith(request.content.rstrip()))
            return next(begun, None) or write(request)
        key = voice.seed(request)
        asked = self._answers.pop(key, 0)
        self._answers[key] = asked + 1
        if len(self._answers) > REMEMBERED:
            self._answers.popitem(last=False)
        return write(request, asked % VARIATIONS)

    async def _stream(self, chunks: list[dict[str, Any]], receive: Receive, send: Send) -> None:
        """Sends the chunks at its pace, and stops at once when the client goes away."""
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await send(_start(200, b"text/event-stream", [(b"cache-control", b"no-cache")]))
            for chunk in chunks:
                await send(_piece(b"data: %b\n\n" % orjson.dumps(chunk), more=True))
                await asyncio.wait([gone], timeout=self._pace)
                if gone.done():
                    return
            await send(_piece(b"data: [DONE]\n\n"))
        finally:
            gone.cancel()


def _chunks(
    made: dict[str, Any], pieces: Iterable[str], finish: str, usage: dict[str, int], include_usage: bool
) -> list[dict[str, Any]]:
    made = made | {"object": "chat.completion.chunk"}

    def chunk(delta: dict[str, str], **more: Any) -> dict[str, Any]:
        return made | {"choices": [{"index": 0, "delta": delta, "finish_reason": None, **more}]}

    chunks = [chunk({"role": "assistant", "content": ""})]
    chunks += [chunk({"content": piece}) for piece in pieces]
    chunks.append(chunk({}, finish_reason=finish, usage=usage))
    if include_usage:
        chunks.append(made | {"choices": [], "usage": usage})
    return chunks


def _usage(request: Request, text: str) -> dict[str, int]:
    messages = (*request.messages, Message("assistant", request.content))
    prompt = sum(continuation.tokens(message.text) for message in messages)
    completion = continuation.tokens(text)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "cached_tokens": 0,
    }


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None if the client went away before its end. Raises Refused if it is too long."""
    body = bytearray()
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            return None
        body += event.get("body", b"")
        if len(body) > MOST:
            raise Refused("The body is longer than 4 MiB.", status=413)
        if not event.get("more_body"):
            return bytes(body)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer_json(send: Send, status: int, body: dict[str, Any]) -> None:
    await _answer(send, status, orjson.dumps(body), b"application/json")


async def _answer(send: Send, status: int, body: bytes, kind: bytes) -> None:
    await send(_start(status, kind, [(b"content-length", b"%d" % len(body))]))
    await send(_piece(body))


def _start(status: int, kind: bytes, headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    headers = [(b"content-type", kind + b"; charset=utf-8"), *headers]
    return {"type": "http.response.start", "status": status, "headers": headers}


def _piece(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": more}
