"""The model drafts what the user may say next: under his name, streamed to him alone, and no message."""

from __future__ import annotations

from channels.db import database_sync_to_async
from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation, Message, Participant, Turn
from roleplay.turns.engine import Engine
from tests import behaviours
from tests.conftest import Open, make_engine
from tests.endpoint import Endpoint


async def test_a_line_is_drafted_under_the_users_name_and_is_no_message(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.say("“Tell me", " more.”")
    socket = await open_socket(conversation, ada)

    await socket.say("turn.impersonate", client_id="draft-it-1")
    begun = await socket.until("impersonation.begun")
    finished = await socket.until("impersonation.finished")

    assert (begun["client_id"], finished["turn"]) == ("draft-it-1", begun["turn"])
    assert finished["text"] == "“Tell me more.”"
    [request] = endpoint.requests
    *_, told, last = request["messages"]
    assert last == {"role": "assistant", "name": "ada", "content": "", "partial": True}
    assert told["content"].startswith("This once, write for ada instead")
    assert await Message.objects.acount() == 1


async def test_a_second_one_is_to_be_another(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    socket = await open_socket(conversation, ada)
    for client_id, text in (("draft-it-1", "Show me."), ("draft-it-2", "Go on.")):
        endpoint.say(text)
        await socket.say("turn.impersonate", client_id=client_id)
        assert (await socket.until("impersonation.finished"))["text"] == text

    told = endpoint.requests[-1]["messages"][-2]["content"]
    assert told.endswith("- Show me.")


async def test_others_in_the_room_see_nothing_of_it(
    conversation: Conversation, ada: User, ben: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    await Participant.objects.acreate(conversation=conversation, user=ben)
    endpoint.say("A secret thought.")
    adas, second, bens = [await open_socket(conversation, user) for user in (ada, ada, ben)]

    await adas.say("turn.impersonate", client_id="draft-it-1")
    await second.until("impersonation.finished")
    await bens.send("Hello.")
    await bens.until("reply.finished")

    assert not [frame for frame in bens.frames if frame["type"].startswith("impersonation")]
    assert (
        "".join(f["text"] for f in second.frames if f["type"] == "impersonation.delta") == "A secret thought."
    )


async def test_a_stop_ends_it_and_closes_the_stream(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.say("Tell me", endpoint.gate(), " more.")
    socket = await open_socket(conversation, ada)
    await socket.say("turn.impersonate", client_id="draft-it-1")
    await socket.until("impersonation.delta")

    await socket.say("impersonation.stop")
    finished = await socket.until("impersonation.finished")

    assert (finished["text"], finished["reason"]) == ("Tell me", "stopped")
    await endpoint.client_left()


async def test_one_that_fails_says_why(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.fail(401, "invalid_authentication_error")
    socket = await open_socket(conversation, ada)

    await socket.say("turn.impersonate", client_id="draft-it-1")
    failed = await socket.until("impersonation.failed")

    assert (failed["code"], failed["text"]) == ("wrong_key", "")
    assert failed["sentence"]


async def test_it_goes_on_from_what_was_saved_when_the_engine_left(
    conversation: Conversation, ada: User, transactional_db: None, endpoint: Endpoint, open_socket: Open
):
    answers = iter([(behaviours.say("Tell me", endpoint.gate())), behaviours.say(" more.")])
    endpoint.script = lambda body: next(answers)
    first = make_engine(endpoint)
    await first.start()
    socket = await open_socket(conversation, ada)
    await socket.say("turn.impersonate", client_id="draft-it-1")
    await socket.until("impersonation.delta")
    await first.stop()

    second = make_engine(endpoint)
    await second.start()
    finished = await socket.until("impersonation.finished")
    await second.stop()

    assert finished["text"] == "Tell me more."
    assert endpoint.requests[-1]["messages"][-1]["content"] == "Tell me"
    assert (await Turn.objects.aget()).generation == 2


async def test_who_comes_back_is_told_of_it(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.say("Tell me more.")
    socket = await open_socket(conversation, ada)
    await socket.say("turn.impersonate", client_id="draft-it-1")
    turn = (await socket.until("impersonation.finished"))["turn"]

    again = await open_socket(conversation, ada)
    await again.say("resume", revision=0)
    told = (await again.until("snapshot"))["impersonation"]

    assert (told["turn"], told["text"], told["ended"]) == (turn, "Tell me more.", True)
    assert await database_sync_to_async(conversation.turns.open().count)() == 0
