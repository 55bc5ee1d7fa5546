"""Drafts as a client gets them from the demo model's endpoint."""

from __future__ import annotations

import json
from typing import Any

import openai
import orjson
import pytest

from tests.providers.drafts import FOX, KEEPER, KINDS, told
from tests.providers.test_demo_endpoint import body, call, client

BOTH = pytest.mark.parametrize(("premise", "language"), [(KEEPER, "en"), (FOX, "zh")], ids=["en", "zh"])
MOST = 15 / 0.03  # pieces: what may be sent in as many seconds, at the usual pace


def partial(content: str) -> dict[str, Any]:
    return {"role": "assistant", "content": content, "partial": True}


async def ask(model: openai.AsyncOpenAI, *messages: dict[str, Any], **more: Any) -> tuple[str, str]:
    answer = await model.chat.completions.create(**body(*messages, **more))
    return answer.choices[0].message.content or "", answer.choices[0].finish_reason


@BOTH
async def test_a_stream_is_the_rest_of_one_object(premise, language):
    _, answer = await call(body(*told(premise, language=language), partial("{"), stream=True))

    *events, _, _ = answer.split(b"\n\n")
    choices = [orjson.loads(event.removeprefix(b"data: "))["choices"][0] for event in events]
    pieces = [choice["delta"].get("content", "") for choice in choices]
    assert list(json.loads("{" + "".join(pieces))) == list(KINDS)
    assert choices[-1]["finish_reason"] == "stop"
    assert 100 < len(pieces) < MOST


@BOTH
async def test_what_is_cut_goes_on_to_the_uncut_draft(premise, language):
    model, messages = client(), told(premise, language=language)
    uncut, _ = await ask(client(), *messages, partial("{"))

    text, finish, rounds = "{", "length", 0
    while finish == "length":
        piece, finish = await ask(model, *messages, partial(text), max_completion_tokens=200)
        text, rounds = (text + piece).rstrip(), rounds + 1

    assert rounds > 3
    assert text == "{" + uncut
    assert await ask(model, *messages, partial(text)) == ("", "stop")


async def test_what_is_asked_again_gets_another_draft_that_goes_on_as_itself():
    model, messages = client(), told(KEEPER)

    drafts = ["{" + (await ask(model, *messages, partial("{")))[0] for _ in range(3)]

    assert len({json.loads(each)["name"] for each in drafts}) > 1
    assert len({json.loads(each)["description"] for each in drafts}) == 3
    for each in drafts:
        begun = each[: len(each) // 2]
        assert begun + (await ask(model, *messages, partial(begun)))[0] == each


async def test_without_the_brace_it_is_asked_for_a_reply():
    text, _ = await ask(client(), *told(KEEPER), {**partial(""), "name": "Mira"})

    assert not text.startswith("{")
