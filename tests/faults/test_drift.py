"""A model that forgets who it is after a while, as language models do: the demo model, over sixty turns (fewer in brief)."""

from __future__ import annotations

import orjson
import pytest
from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation, Message
from roleplay.providers.demo import voice
from roleplay.providers.demo.request import MODEL, parse
from roleplay.turns.engine import Engine
from tests import behaviours
from tests.behaviours import Behaviour
from tests.conftest import Open
from tests.endpoint import Endpoint
from tests.kimi import Body

pytestmark = pytest.mark.once


def forgetful(body: Body) -> Behaviour:
    return behaviours.say(voice.reply(parse(orjson.dumps({**body, "model": MODEL}))))


@pytest.mark.parametrize(
    ("every", "guarded", "drifted"),
    [
        (8, False, []),
        (0, False, [9, 19, 29, 39, 49, 59]),
        (12, False, [9, 21, 33, 45, 57]),
        (0, True, []),
    ],
    ids=["often enough", "after a break alone", "too seldom", "guarded alone"],
)
async def test_a_reply_out_of_character_is_noticed_and_the_next_one_is_not(
    every: int,
    guarded: bool,
    drifted: list[int],
    full: bool,
    conversation: Conversation,
    ada: User,
    engine: Engine,
    endpoint: Endpoint,
    open_socket: Open,
):
    conversation.reinforce_every, conversation.guarded = every, guarded
    await conversation.asave()
    endpoint.script = forgetful
    socket = await open_socket(conversation, ada)
    turns = 60 if full else 20
    drifted = [number for number in drifted if number <= turns]
    told = []
    for turn in range(turns):
        await socket.send(f"And what of the {turn}th bend of the river?")
        told.append((await socket.until("reply.finished"))["message"])

    assert [number for number, message in enumerate(told, 1) if message["drifted"]] == drifted
    replies = Message.objects.filter(reply_number__gt=0, role="assistant")
    reinforced = replies.filter(reinforced="drift").order_by("depth").values_list("reply_number", flat=True)
    assert [number async for number in reinforced] == [number + 1 for number in drifted if number < turns]
    cut = replies.filter(reinforced="cut").order_by("depth").values_list("reply_number", flat=True)
    assert [number async for number in cut] == ([*range(9, turns + 1, 9)] if guarded else [])
