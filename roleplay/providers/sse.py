"""PURE: the bytes of a server-sent stream of chat completion chunks -> `Delta`s."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import orjson

MOST = 4 * 1024 * 1024  # bytes of one event
MOST_TOKENS = 100_000_000  # that are believed of one answer: sums of them have room in the database


class Malformed(ValueError):
    """An event that is no chunk of a chat completion."""


@dataclass(frozen=True)
class Usage:
    """Tokens as the provider counted them; `cached` is the part of `prompt` it had seen before."""

    prompt: int
    completion: int
    cached: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.prompt + other.prompt, self.completion + other.completion, self.cached + other.cached
        )


@dataclass(frozen=True)
class Delta:
    """What one event brings. `error` is the body of an error that struck in mid-stream."""

    text: str = ""
    reasoning: str = ""
    finish: str = ""  # stop, length, tool_calls
    usage: Usage | None = None
    error: object = None


class Decoder:
    """Eats bytes, cut anywhere. `done` once the stream said [DONE]."""

    def __init__(self) -> None:
        self.done = False
        self._rest = b""
        self._data: list[bytes] = []

    def add(self, chunk: bytes) -> list[Delta]:
        """The deltas that `chunk` completes. Raises Malformed."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        deltas = [delta for line in lines for delta in self._line(line.rstrip(b"\r"))]
        if len(self._rest) + sum(map(len, self._data)) > MOST:
            raise Malformed("an event without end")
        return deltas

    def flush(self) -> list[Delta]:
        """What a stream that ended without a last blank line still held. Raises Malformed."""
        line, self._rest = self._rest, b""
        return [*self._line(line.rstrip(b"\r")), *self._line(b"")]

    def _line(self, line: bytes) -> list[Delta]:
        if line:
            if line.startswith(b"data:"):
                self._data.append(line[5:].removeprefix(b" "))
            return []
        data, self._data = b"\n".join(self._data), []
        if not data or self.done:
            return []
        if data.strip() == b"[DONE]":
            self.done = True
            return []
        return [_delta(_json(data))]


def _json(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        try:  # orjson refuses lone surrogates
            return json.loads(data)
        except (ValueError, RecursionError):
            raise Malformed(f"an event of {len(data)} bytes that is no JSON") from None


def _delta(body: Any) -> Delta:
    if not isinstance(body, dict):
        raise Malformed(f"an event that is a {type(body).__name__}")
    if body.get("error"):
        return Delta(error=body)
    try:
        choice = (body.get("choices") or [{}])[0]
        delta = choice.get("delta") or {}
        usage = body.get("usage") or choice.get("usage")
        return Delta(
            text=_text(delta.get("content")),
            reasoning=_text(delta.get("reasoning_content")),
            finish=_text(choice.get("finish_reason")),
            usage=_usage(usage) if usage else None,
        )
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError):
        raise Malformed("an event of another shape than a chunk's") from None


def _text(value: object) -> str:
    if value is not None and not isinstance(value, str):
        raise TypeError(value)
    return value or ""


def _usage(usage: dict[str, Any]) -> Usage:
    cached = usage.get("cached_tokens") or (usage.get("prompt_tokens_details") or {}).get("cached_tokens")
    prompt = _tokens(usage.get("prompt_tokens"))
    return Usage(prompt, _tokens(usage.get("completion_tokens")), cached=min(_tokens(cached), prompt))


def _tokens(value: Any) -> int:
    return min(max(int(value or 0), 0), MOST_TOKENS)
