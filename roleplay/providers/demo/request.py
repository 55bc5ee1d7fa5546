"""PURE: the body of a chat completion request -> `Request`, as strict as the provider that it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import orjson

MODEL = "demo"

_FIXED = ("temperature", "top_p", "n", "presence_penalty", "frequency_penalty")  # each model has its own
_MISPLACED = ("partial", "name")  # keys of a message
_NAME = re.compile(r'(?!.*(?:<\||\|>))[^"]{1,64}')


class Refused(Exception):
    """`status` and `kind` are what the provider answers with; the text is the reason."""

    def __init__(self, message: str, *, status: int = 400, kind: str = "invalid_request_error") -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind


@dataclass(frozen=True)
class Message:
    role: str
    text: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Request:
    """`messages` are those before the partial one; `content` is where the reply goes on, `speaker` who gives it."""

    messages: tuple[Message, ...]
    speaker: str = ""
    content: str = ""
    stream: bool = False
    include_usage: bool = False
    most_tokens: int | None = None
    stop: tuple[str, ...] = ()


def parse(body: bytes) -> Request:
    """Raises Refused."""
    try:
        wire = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Refused("The body is not JSON.") from None
    if not isinstance(wire, dict):
        raise Refused("The body is not an object.")
    wire = {key: value for key, value in wire.items() if value is not None}
    _check_model(wire.get("model"))
    for key in _FIXED:
        _expect(key not in wire, f"{key} cannot be chosen for this model.")
    _expect("max_tokens" not in wire, "max_tokens is gone: send max_completion_tokens.")
    for key in _MISPLACED:
        _expect(key not in wire, f"{key} is a key of the last message.")

    messages = wire.get("messages")
    if not isinstance(messages, list) or not messages:
        raise Refused("messages must be a list with at least one message.")
    read = [_message(message, last=index == len(messages)) for index, message in enumerate(messages, 1)]
    partial = bool(messages[-1].get("partial"))
    written = wire.get("response_format", {}) not in ({}, {"type": "text"})
    _expect(not (partial and written), "partial does not go together with response_format.")
    _expect(not (partial and wire.get("tools")), "partial does not go together with tools.")
    _expect(not written, "response_format: this model writes text only.")
    return Request(
        messages=tuple(read[:-1] if partial else read),
        speaker=read[-1].name if partial else "",
        content=read[-1].text if partial else "",
        stream=wire.get("stream") is True,
        include_usage=bool(_object(wire, "stream_options").get("include_usage")),
        most_tokens=_most_tokens(wire.get("max_completion_tokens")),
        stop=_stop(wire.get("stop", [])),
    )


def _check_model(model: Any) -> None:
    _expect(isinstance(model, str), "model must be a string.")
    if model != MODEL:
        raise Refused(f"Model {model} is not found.", status=404, kind="resource_not_found_error")


def _message(message: Any, *, last: bool) -> Message:
    if not isinstance(message, dict):
        raise Refused("A message must be an object.")
    role, name, partial = message.get("role"), message.get("name"), message.get("partial")
    _expect(role in ("system", "user", "assistant", "tool"), "role must be system, user, assistant or tool.")
    _expect(partial in (None, True, False), "partial must be true or false.")
    _expect(
        not partial or (last and role == "assistant"),
        "Only the last message, the assistant's, can be partial.",
    )
    if name is not None:
        _expect(role != "system", "A system message has no name.")
        fits = isinstance(name, str) and name.isprintable() and _NAME.fullmatch(name) is not None
        _expect(fits, "This name cannot stand in a message.")
    text = _text(message.get("content"))
    if role == "assistant" and not message.get("tool_calls"):
        _expect(text != "" or last, "An assistant message must not be empty.")
        _expect(text != "" or not partial or bool(name), "A partial message needs a name or content.")
    return Message(role=str(role), text=text, name=name or "")


def _text(content: Any) -> str:
    """The text of a content, which is a string or a list of parts; other parts than text are passed over."""
    if content is None or isinstance(content, str):
        return content or ""
    _expect(isinstance(content, list), "content must be a string or a list of parts.")
    _expect(all(isinstance(part, dict) for part in content), "A part of a content must be an object.")
    return "\n".join(str(part.get("text", "")) for part in content if part.get("type") == "text")


def _most_tokens(number: Any) -> int | None:
    whole = isinstance(number, int) and not isinstance(number, bool) and number > 0
    _expect(number is None or whole, "max_completion_tokens must be a positive number.")
    return number if whole else None


def _stop(stop: Any) -> tuple[str, ...]:
    stops = [stop] if isinstance(stop, str) else stop
    _expect(isinstance(stops, list) and len(stops) <= 5, "stop must be at most 5 strings.")
    fits = all(isinstance(each, str) and 0 < len(each.encode()) <= 32 for each in stops)
    _expect(fits, "Each stop must be a string of 1 to 32 bytes.")
    return tuple(stops)


def _object(wire: dict[str, Any], key: str) -> dict[str, Any]:
    value = wire.get(key, {})
    if not isinstance(value, dict):
        raise Refused(f"{key} must be an object.")
    return value


def _expect(fulfilled: bool, message: str) -> None:
    if not fulfilled:
        raise Refused(message)
