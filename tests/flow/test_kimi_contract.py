"""Twenty turns with a demo character against an endpoint that refuses what Kimi refuses."""

from __future__ import annotations

from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth.models import User

from characters.models import Character
from characters.seed import seed_demo
from roleplay.turns.engine import Engine
from roleplay.turns.service import start_conversation
from tests.conftest import Open
from tests.endpoint import Endpoint
from tests.kimi import Body

N = 6
TURNS = 20


@pytest.fixture
def demo(transactional_db: None) -> Character:
    return seed_demo()[0]


def system_places(body: Body) -> list[int]:
    return [place for place, message in enumerate(body["messages"]) if message["role"] == "system"]


async def test_twenty_turns_keep_the_contract(
    demo: Character, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open, settings: Any
):
    settings.REINFORCE_EVERY = N
    conversation = await database_sync_to_async(start_conversation)(ada, demo)
    socket = await open_socket(conversation, ada)
    replies = []
    for turn in range(1, TURNS + 1):
        endpoint.say(f"*He nods, {turn} times.*", " “Go on.”")
        await socket.send(f"This is what I say as number {turn}.")
        finished = await socket.until("reply.finished")
        replies.append(finished["message"]["text"])
    assert replies == [f"*He nods, {turn} times.* “Go on.”" for turn in range(1, TURNS + 1)]

    assert len(endpoint.requests) == TURNS
    name = demo.char
    system_prompt = endpoint.requests[0]["messages"][0]["content"]
    last_due = 0
    for turn, body in enumerate(endpoint.requests, 1):
        messages = body["messages"]
        assert messages[-1] == {"role": "assistant", "name": name, "content": "", "partial": True}
        assert {m["name"] for m in messages if m["role"] == "assistant"} == {name}
        assert "max_completion_tokens" in body
        assert not {"temperature", "top_p", "n", "presence_penalty", "frequency_penalty"} & set(body)

        places = system_places(body)
        assert [messages[place]["content"] for place in places] == [system_prompt] * len(places)
        assert places[0] == 0
        if turn % N == 0:
            last_due = turn
        if not last_due:
            assert places == [0]
        else:
            # behind the head, the greeting, the pairs before, and what the user said when it was due
            assert places == [0, 2 * last_due + 1]
        if turn == last_due:
            assert places[-1] == len(messages) - 2
