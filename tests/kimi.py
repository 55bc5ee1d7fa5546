"""PURE: what Kimi refuses, and what its documents leave open and nobody should send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Body = dict[str, Any]

REQUEST_KEYS = {
    "model",
    "messages",
    "stream",
    "stream_options",
    "max_completion_tokens",
    "stop",
    "safety_identifier",
    "thinking",
    "reasoning_effort",
    "response_format",
    "tools",
}
MESSAGE_KEYS = {"role", "content", "name", "partial", "reasoning_content", "tool_calls", "tool_call_id"}
SAMPLING = ("temperature", "top_p", "n", "presence_penalty", "frequency_penalty")
ROLES = ("system", "user", "assistant", "tool")
MOST_STOPS = 5
LONGEST_STOP = 32  # bytes
LONGEST_NAME = 64  # code points


def refusal(body: Body) -> str | None:
    """The first fault of a request as a sentence, or None where there is none. Which models exist is not asked here."""
    return next(_faults(body), None)


def _faults(body: Body) -> Iterator[str]:
    yield from _parameters(body)
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        yield "messages must be a list with at least one message"
        return
    for place, message in enumerate(messages, 1):
        yield from _message(message, last=place == len(messages))
    if messages[-1].get("partial"):
        for key in ("response_format", "tools"):
            if key in body:
                yield f"partial does not go together with {key}"


def _parameters(body: Body) -> Iterator[str]:
    for key in SAMPLING:
        if key in body:
            yield f"{key} is fixed by the model"
    for key in ("partial", "name"):
        if key in body:
            yield f"{key} is a key of a message, not of the request"
    if "max_tokens" in body:
        yield "max_tokens is out of use: max_completion_tokens"
    if not _is_count(body.get("max_completion_tokens")):
        yield "max_completion_tokens must be a number of at least 1"
    if body.get("stream") is not True:
        yield "stream must be true"
    stops = body.get("stop") or []
    stops = [stops] if isinstance(stops, str) else stops
    if len(stops) > MOST_STOPS:
        yield f"more than {MOST_STOPS} strings in stop"
    if any(len(stop.encode()) > LONGEST_STOP for stop in stops):
        yield f"a string in stop has more than {LONGEST_STOP} bytes"
    for key in sorted(body.keys() - REQUEST_KEYS):
        yield f"unknown parameter {key}"


def _is_count(value: object) -> bool:
    return type(value) is int and value > 0


def _message(message: Any, *, last: bool) -> Iterator[str]:
    if not isinstance(message, dict) or message.get("role") not in ROLES:
        yield f"a message needs a role of {', '.join(ROLES)}"
        return
    for key in sorted(message.keys() - MESSAGE_KEYS):
        yield f"unknown key {key} in a message"
    if "name" in message:
        yield from _name(message["name"], message["role"])
    if "partial" in message and message["partial"] is not True:
        yield "partial is true or left out"
    if "partial" in message and not (last and message["role"] == "assistant"):
        yield "partial belongs to the last message, and to an assistant's"
    yield from _content(message)


def _name(name: object, role: str) -> Iterator[str]:
    if role == "system":
        yield "a system message has no name"
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        yield f"a name has 1 to {LONGEST_NAME} characters"
    elif not name.isprintable() or any(mark in name for mark in ('"', "<|", "|>")):
        yield 'a name has no control characters, line breaks, ", <| or |>'


def _content(message: Body) -> Iterator[str]:
    content = message.get("content")
    if isinstance(content, list):
        yield from _parts(content)
    elif message["role"] == "assistant" and not content:
        if not (message.get("tool_calls") or (message.get("partial") and message.get("name"))):
            yield "an assistant message must not be empty, but for a partial one with a name"
    elif not isinstance(content, str):
        yield "content must be a text"
    elif message["role"] == "assistant" and content != content.rstrip():
        yield "an assistant message ends in white space"


def _parts(parts: list[Body]) -> Iterator[str]:
    for part in parts:
        image = part.get("image_url", "data:")
        address = image["url"] if isinstance(image, dict) else image
        if not address.startswith(("data:", "ms://")):
            yield "an image is given as data: or ms://"
