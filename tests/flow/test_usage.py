"""What the provider counted reaches the turn, with its price."""

from __future__ import annotations

from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation, Turn, Usage
from roleplay.providers.prices import read
from tests.conftest import Open, make_engine
from tests.endpoint import Endpoint


async def test_a_reply_bears_what_it_cost(
    conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    endpoint.say("All right.", usage={"prompt_tokens": 400, "completion_tokens": 30, "cached_tokens": 300})
    engine = make_engine(endpoint, price=read("1 0.5 10 USD"))
    await engine.start()
    socket = await open_socket(conversation, ada)

    await socket.send("Where is the river?")
    await socket.until("reply.finished")
    await engine.stop()

    turn, month = await Turn.objects.aget(), await Usage.objects.aget(user=ada)
    assert (turn.model, turn.cost) == ("kimi-k2.6", 550)
    assert (month.turns, month.told, month.cached, month.said, month.cost) == (1, 400, 300, 30, 550)
