"""PURE: an endpoint's responses as bytes of HTTP/1.1 and of server-sent events."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from tests.behaviours import Answer, Finish, Piece, Stream
from tests.kimi import Body

STREAM_HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "Transfer-Encoding": "chunked"}


def answer(told: Answer) -> bytes:
    headers = {"Content-Type": told.content_type, "Content-Length": str(len(told.body)), **told.headers}
    return _head(told.status, headers) + told.body


def opening(body: Body) -> bytes:
    """How a stream begins: its headers and the role."""
    return _head(200, STREAM_HEADERS) + _chunk(event(body, {"role": "assistant", "content": ""}))


def piece(body: Body, key: str, said: str | bytes) -> bytes:
    """One delta whose text stands under `key`; bytes go out as they are."""
    return _chunk(said if isinstance(said, bytes) else event(body, {key: said}))


def ending(body: Body, stream: Stream) -> bytes:
    """How it ends: the finish with its usage, [DONE], and the end of the response, each where there is one."""
    finish = _finish(body, stream.finish, stream.reasoning + stream.pieces) if stream.finish else b""
    return finish if stream.dropped else finish + b"0\r\n\r\n"


def _finish(body: Body, finish: Finish, pieces: tuple[Piece, ...]) -> bytes:
    usage = finish.usage or _usage(body, pieces)
    said = _chunk(event(body, {}, finish_reason=finish.reason, usage=usage))
    if (body.get("stream_options") or {}).get("include_usage"):
        said += _chunk(_data({**_completion(body), "choices": [], "usage": usage}))
    return said + _chunk(b"data: [DONE]\n\n")


def _usage(body: Body, pieces: tuple[Piece, ...]) -> dict[str, int]:
    """Tokens, roughly: for tests that only ask that there are some."""
    prompt = len(json.dumps(body["messages"], ensure_ascii=False).encode()) // 4
    completion = sum(len(said.encode()) for said in pieces if isinstance(said, str)) // 4
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "cached_tokens": 0,
    }


def event(body: Body, delta: Mapping[str, str], **more: object) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": None, **more}
    return _data({**_completion(body), "choices": [choice]})


def _completion(body: Body) -> dict[str, Any]:
    return {
        "id": "chatcmpl-test",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": body.get("model"),
    }


def _data(value: object) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{lines}Connection: close\r\n\r\n".encode()
