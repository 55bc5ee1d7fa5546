"""Draft with the model, over HTTP: what comes line by line, and how what breaks off is mended."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import AsyncClient

from roleplay.conversations.models import Usage
from tests.cast import make_author
from tests.endpoint import Endpoint

WISH = {"premise": "A keeper", "keys": ["name", "speech"], "language": "en", "written": {}}
WHOLE = ['"name": "Ben", ', '"speech": "Short."}']
DRAFT = {"name": "Ben", "speech": "Short."}


@pytest.fixture
def author(transactional_db: None) -> User:
    return make_author("dora")


@pytest.fixture
def told(endpoint: Endpoint, settings: Any) -> Endpoint:
    settings.DEMO_MODEL = False
    settings.LLM_BASE_URL, settings.LLM_API_KEY, settings.LLM_MODEL = endpoint.url, "a key", "kimi-k2.6"
    settings.LLM_DIALECT = "kimi"
    return endpoint


async def ask(user: User, **changes: Any) -> list[dict[str, Any]]:
    client = AsyncClient()
    await client.aforce_login(user)
    answer: Any = await client.post(
        "/admin/draft/", json.dumps({**WISH, **changes}), content_type="application/json"
    )
    if not answer.streaming:
        return [json.loads(answer.content)]
    return [json.loads(line) for piece in [piece async for piece in answer] for line in piece.splitlines()]


async def test_a_draft_comes_while_it_is_written(author: User, told: Endpoint):
    told.say(*WHOLE)

    *lengths, last = await ask(author, written={"description": "He keeps the light."})

    assert [line["length"] for line in lengths] == [1 + len(WHOLE[0]), 1 + len("".join(WHOLE))]
    assert last == {"draft": DRAFT}
    *_, user, partial = told.requests[0]["messages"]
    assert "He keeps the light." in user["content"]
    assert partial == {"role": "assistant", "content": "{", "partial": True}
    assert "response_format" not in told.requests[0]
    usage = await Usage.objects.aget(user=author)
    assert (usage.turns, usage.told > 0, usage.said > 0) == (0, True, True)


async def test_what_its_length_cut_goes_on(author: User, told: Endpoint):
    told.say(*WHOLE[:1], finish="length")
    told.say(*WHOLE[1:])

    assert (await ask(author))[-1] == {"draft": DRAFT}
    assert told.requests[1]["messages"][-1]["content"] == "{" + WHOLE[0].rstrip()


async def test_what_broke_off_goes_on(author: User, told: Endpoint):
    told.drop(*WHOLE[:1])
    told.say(*WHOLE[1:])

    assert (await ask(author))[-1] == {"draft": DRAFT}
    assert told.requests[1]["messages"][-1]["content"] == "{" + WHOLE[0].rstrip()


async def test_what_is_no_json_is_asked_for_anew(author: User, told: Endpoint):
    told.say('"name": Ben, oh dear')
    told.say(*WHOLE)

    assert (await ask(author))[-1] == {"draft": DRAFT}
    assert told.requests[1]["messages"][-1]["content"] == "{"


async def test_after_two_mends_it_is_said(author: User, told: Endpoint):
    for _ in range(3):
        told.say("I would rather not.")

    assert "three times" in (await ask(author))[-1]["problem"]
    assert len(told.requests) == 3


async def test_a_refusal_of_the_provider_is_said(author: User, told: Endpoint):
    told.fail(401, "invalid_authentication_error", "Invalid Authentication")

    assert (await ask(author))[-1] == {
        "problem": "The model is not available right now. The operator has to look into it."
    }


@pytest.mark.parametrize(
    "changes",
    [{"keys": []}, {"keys": ["creator"]}, {"language": "fr"}, {"written": "x"}, {"premise": "x" * 4001}],
)
async def test_what_the_form_would_not_ask_is_refused(author: User, told: Endpoint, changes):
    assert "problem" in (await ask(author, **changes))[0]
    assert told.requests == []


async def test_readers_are_refused(transactional_db: None, ben: User, told: Endpoint):
    assert "Only authors" in (await ask(ben))[0]["problem"]
    assert told.requests == []


async def test_half_of_a_pair_is_told_as_unreadable(author: User, told: Endpoint):
    told.say(*WHOLE)

    assert (await ask(author, written={"description": "cut \ud83d"}))[-1] == {"draft": DRAFT}
    assert "cut \ufffd" in told.requests[0]["messages"][1]["content"]


async def test_what_is_told_of_the_form_is_bounded(author: User, told: Endpoint):
    told.say(*WHOLE)

    await ask(author, written={"description": "x" * 100_000, "quotes": ["y" * 5000] * 50})

    assert len(told.requests[0]["messages"][1]["content"]) < 40_000


async def test_one_draft_at_a_time(author: User, told: Endpoint):
    gate = told.gate()
    told.say(gate, *WHOLE)
    first = asyncio.create_task(ask(author))
    await gate.reached.wait()

    assert "already" in (await ask(author))[-1]["problem"]
    gate.go()
    assert (await first)[-1] == {"draft": DRAFT}
    told.say(*WHOLE)
    assert (await ask(author))[-1] == {"draft": DRAFT}
