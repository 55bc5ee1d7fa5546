"""A reply that is finished goes on by Partial Mode: from its own words, in its own message."""

from __future__ import annotations

from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation
from roleplay.turns.engine import Engine
from tests import behaviours
from tests.conftest import Open
from tests.endpoint import Endpoint


async def test_a_reply_goes_on_from_its_own_words(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    answers = iter([behaviours.say("One. "), behaviours.say(" And two."), behaviours.say()])
    endpoint.script = lambda body: next(answers)
    socket = await open_socket(conversation, ada)
    await socket.send("Tell me.")
    reply = (await socket.until("reply.finished"))["message"]

    ended = []
    for client_id in ("go-on-now", "go-on-again"):
        await socket.say("turn.continue", client_id=client_id, message=reply["id"])
        ended.append(await socket.until("reply.finished"))

    assert [frame["message"]["text"] for frame in ended] == ["One. And two."] * 2
    assert {frame["message"]["id"] for frame in ended} == {reply["id"]}
    assert socket.shown[reply["id"]] == "One. And two."
    asked = [request["messages"][-1] for request in endpoint.requests[1:]]
    assert [(each["partial"], each["name"], each["content"]) for each in asked] == [
        (True, "Mira", "One."),
        (True, "Mira", "One. And two."),
    ]


async def test_a_reply_that_cannot_go_on_just_now_keeps_its_text(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.queue(lambda body: behaviours.say("One."))
    socket = await open_socket(conversation, ada)
    await socket.send("Tell me.")
    reply = (await socket.until("reply.finished"))["message"]

    endpoint.fail(401, "invalid_authentication_error")
    await socket.say("turn.continue", client_id="go-on-now", message=reply["id"])
    failed = await socket.until("turn.failed")

    assert (failed["message"]["text"], failed["message"]["state"]) == ("One.", "interrupted")
    assert failed["actions"] == ["retry", "continue"]
