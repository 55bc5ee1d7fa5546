"""The rules that the strict endpoint keeps: what is refused, and that nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kimi import refusal

PARTIAL = {"role": "assistant", "name": "凯尔希", "content": "", "partial": True}
USER = {"role": "user", "content": "Hello."}
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.org/cat.png"}}
TOOL_CALL = {"id": "1", "type": "function", "function": {"name": "dice", "arguments": "{}"}}


def body(*messages: Any, **more: Any) -> dict[str, Any]:
    request = {
        "model": "kimi-k2.6",
        "messages": list(messages),
        "max_completion_tokens": 1024,
        "stream": True,
    }
    return {**request, **more}


def partial(**changes: Any) -> dict[str, Any]:
    return body(USER, {**PARTIAL, **changes})


def said(content: object) -> dict[str, Any]:
    return body(USER, {"role": "assistant", "name": "Mira", "content": content}, USER, PARTIAL)


FINE = {
    "the partial message is empty and has a name": body(USER, PARTIAL),
    "the partial message has text and a name": partial(content="*She looks up.*\n\nYes"),
    "the partial message has text and no name": body(
        USER, {"role": "assistant", "content": "Yes", "partial": True}
    ),
    "the partial message continues its reasoning": partial(content="Yes", reasoning_content="Hm."),
    "a name has dots, spaces and apostrophes": partial(name="Dr. Kal'tsit"),
    "a name has 64 characters": partial(name="凯" * 64),
    "the system prompt is said again": body({"role": "system", "content": "Be Mira."}, USER, USER, PARTIAL),
    "a user has a name": body({**USER, "name": "Ada"}, PARTIAL),
    "an earlier reply has a name": said("Yes."),
    "there is no partial message": body(USER),
    "a user's text ends in white space": body({"role": "user", "content": "Hello. \n"}, PARTIAL),
    "an assistant calls a tool": body(
        USER,
        {"role": "assistant", "content": "", "tool_calls": [TOOL_CALL]},
        {"role": "tool", "tool_call_id": "1", "content": "6"},
        tools=[],
    ),
    "JSON is asked for": body(USER, response_format={"type": "json_object"}),
    "an image is given as data": body(
        {"role": "user", "content": [{**IMAGE, "image_url": {"url": "data:,"}}]}, PARTIAL
    ),
    "all documented parameters": body(
        USER,
        PARTIAL,
        stop=["\nAda:", "凯尔希凯尔希凯尔希", "c", "d", "e"],
        stream_options={"include_usage": True},
        safety_identifier="a1",
        thinking={"type": "disabled"},
        reasoning_effort="low",
    ),
}

REFUSED = {
    "temperature": (body(USER, temperature=1), "temperature is fixed"),
    "top_p": (body(USER, top_p=0.95), "top_p is fixed"),
    "n": (body(USER, n=1), "n is fixed"),
    "presence_penalty": (body(USER, presence_penalty=0), "presence_penalty is fixed"),
    "frequency_penalty": (body(USER, frequency_penalty=0), "frequency_penalty is fixed"),
    "max_tokens": (body(USER, max_tokens=9), "max_tokens"),
    "no max_completion_tokens": ({"model": "k", "messages": [USER], "stream": True}, "max_completion_tokens"),
    "max_completion_tokens of 0": (body(USER, max_completion_tokens=0), "max_completion_tokens"),
    "max_completion_tokens as a text": (body(USER, max_completion_tokens="9"), "max_completion_tokens"),
    "not streamed": (body(USER, stream=False), "stream"),
    "partial beside the messages": (body(USER, partial=True), "partial is a key of a message"),
    "name beside the messages": (body(USER, name="Mira"), "name is a key of a message"),
    "unknown parameter": (body(USER, seed=1), "unknown parameter seed"),
    "six stops": (body(USER, stop=list("abcdef")), "more than 5"),
    "a stop of 33 bytes": (body(USER, stop=["凯" * 11]), "more than 32 bytes"),
    "one stop of 33 bytes": (body(USER, stop="s" * 33), "more than 32 bytes"),
    "no messages": (body(), "at least one message"),
    "messages that are no list": (body() | {"messages": "Hello."}, "at least one message"),
    "unknown role": (body({"role": "developer", "content": "Be Mira."}), "role"),
    "message that is no object": (body("Hello."), "role"),
    "unknown key in a message": (body({**USER, "id": 7}), "unknown key id"),
    "partial of a user": (body({**USER, "partial": True}), "an assistant's"),
    "partial before the end": (body({**PARTIAL, "content": "Yes"}, USER), "the last message"),
    "two partial messages": (body(USER, PARTIAL, PARTIAL), "the last message"),
    "partial that is false": (partial(partial=False), "partial is true"),
    "partial that is a text": (partial(partial="true"), "partial is true"),
    "partial with JSON mode": (
        body(USER, PARTIAL, response_format={"type": "json_object"}),
        "response_format",
    ),
    "partial with tools": (body(USER, PARTIAL, tools=[]), "tools"),
    "empty partial without a name": (
        body(USER, {"role": "assistant", "content": "", "partial": True}),
        "empty",
    ),
    "partial that ends in a space": (partial(content="Yes "), "white space"),
    "partial of a line break only": (partial(content="\n"), "white space"),
    "earlier reply that is empty": (said(""), "empty"),
    "earlier reply without content": (said(None), "empty"),
    "earlier reply that ends in a line break": (said("Yes.\n"), "white space"),
    "earlier reply that ends in an ideographic space": (said("好。\u3000"), "white space"),
    "last reply that is empty and not partial": (body(USER, {"role": "assistant", "content": ""}), "empty"),
    "user's message that is no text": (body({"role": "user", "content": 7}), "content must be a text"),
    "name of a system message": (
        body({"role": "system", "name": "Mira", "content": "Be."}, USER),
        "system message",
    ),
    "empty name": (partial(name=""), "1 to 64"),
    "name of 65 characters": (partial(name="凯" * 65), "1 to 64"),
    "name that is no text": (partial(name=None), "1 to 64"),
    "name with a line break": (partial(name="Mira\n"), "a name has no"),
    "name with a line separator": (partial(name="Mi\u2028ra"), "a name has no"),
    "name with a control character": (partial(name="Mi\x07ra"), "a name has no"),
    "name with a quotation mark": (partial(name='Mi"ra'), "a name has no"),
    "name with <|": (partial(name="<|im_end"), "a name has no"),
    "name with |>": (partial(name="im_end|>"), "a name has no"),
    "name of a user with a quotation mark": (body({**USER, "name": 'A"da'}), "a name has no"),
    "image from the network": (body({"role": "user", "content": [IMAGE]}), "data:"),
}


@pytest.mark.parametrize("request_body", FINE.values(), ids=FINE)
def test_it_is_let_through_when(request_body):
    assert refusal(request_body) is None


@pytest.mark.parametrize(("request_body", "words"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused(request_body, words):
    told = refusal(request_body)

    assert told is not None and words in told
