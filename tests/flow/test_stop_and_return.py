"""Stop, reload, come back: a reply is a row, not a connection."""

from __future__ import annotations

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation, Turn, TurnState
from roleplay.turns.engine import Engine
from tests.conftest import Open, make_engine
from tests.endpoint import Endpoint

pytestmark = pytest.mark.usefixtures("unguarded")


async def test_stop_keeps_the_text_so_far_and_closes_the_stream(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.say("As far as this", endpoint.silence())
    socket = await open_socket(conversation, ada)
    await socket.send("Tell me everything.")
    await socket.until("reply.delta")

    await socket.say("turn.stop")
    finished = await socket.until("reply.finished")
    await endpoint.client_left()

    assert finished["reason"] == "stopped"
    assert finished["message"]["state"] == "stopped"
    assert finished["message"]["text"] == "As far as this"


async def test_another_tab_can_stop_it(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.say("As far as this", endpoint.silence())
    writing, watching = await open_socket(conversation, ada), await open_socket(conversation, ada)
    await writing.send("Tell me everything.")
    await watching.until("reply.delta")

    await watching.say("turn.stop")

    assert (await writing.until("reply.finished"))["reason"] == "stopped"


async def test_stop_works_while_a_reply_waits_to_be_tried_again(
    conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    socket = await open_socket(conversation, ada)
    await socket.send("Is anybody there?")  # and no engine runs
    await socket.until("message.saved")

    await socket.say("turn.stop")

    assert (await socket.until("reply.finished"))["reason"] == "stopped"


async def test_a_closed_tab_finds_the_whole_reply(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    gate = endpoint.gate()
    endpoint.say("It goes on", gate, " without you.")
    leaving, staying = await open_socket(conversation, ada), await open_socket(conversation, ada)
    await leaving.send("Tell me.")
    await leaving.until("reply.delta")
    await leaving.close()
    gate.go()
    await staying.until("reply.finished")

    back = await open_socket(conversation, ada)
    await back.say("resume", revision=0)
    snapshot = await back.until("snapshot")

    assert snapshot["open"] is None
    assert snapshot["messages"][-1]["text"] == "It goes on without you."
    assert [message["revision"] for message in snapshot["messages"]] == [1, 2, 4]


async def test_who_comes_back_in_mid_reply_sees_it_go_on(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    gate = endpoint.gate()
    endpoint.say("So far", gate, " and further.")
    writing = await open_socket(conversation, ada)
    await writing.send("Tell me.")
    await writing.until("reply.delta")

    back = await open_socket(conversation, ada)
    await back.say("resume", revision=1)
    open_reply = (await back.until("snapshot"))["open"]
    gate.go()
    finished = await back.until("reply.finished")

    assert open_reply["text"] == "So far"
    assert finished["message"]["id"] == open_reply["message"]
    assert finished["message"]["text"] == "So far and further."


async def test_a_new_process_takes_up_what_the_old_one_left(
    transactional_db: None, conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    endpoint.say("Half of it", endpoint.silence())
    endpoint.say(" and the other half.")
    old = make_engine(endpoint)
    await old.start()
    socket = await open_socket(conversation, ada)
    await socket.send("Tell me.")
    await socket.until("reply.delta")

    await old.stop()
    left = await Turn.objects.aget()
    new = make_engine(endpoint)
    await new.start()
    finished = await socket.until("reply.finished")
    await new.stop()

    assert (left.state, left.text) == (TurnState.QUEUED, "Half of it")
    assert finished["message"]["text"] == "Half of it and the other half."
    assert finished["message"]["generation"] == 2


async def test_an_old_owner_changes_nothing(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    gate = endpoint.gate()
    endpoint.say("Mine", gate, " still?", endpoint.silence())
    socket = await open_socket(conversation, ada)
    await socket.send("Whose is it?")
    await socket.until("reply.delta")

    def take_it_away() -> None:
        Turn.objects.update(generation=7, text="Theirs")

    await database_sync_to_async(take_it_away)()
    gate.go()
    await endpoint.client_left()

    turn = await Turn.objects.aget()
    assert (turn.generation, turn.text, turn.state) == (7, "Theirs", TurnState.RUNNING)


async def test_the_same_send_twice_is_one_message(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    socket = await open_socket(conversation, ada)

    await socket.send("Once.", "the-same-id")
    first = await socket.until("message.saved")
    await socket.until("reply.finished")
    await socket.send("Once.", "the-same-id")
    second = await socket.until("message.saved")

    assert second["message"]["id"] == first["message"]["id"]
    assert second["client_id"] == "the-same-id"
    assert len(endpoint.requests) == 1
