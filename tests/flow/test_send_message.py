"""From the text box to the finished reply: everything is real but the model."""

from __future__ import annotations

from channels.db import database_sync_to_async
from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation, Message, MessageState
from roleplay.turns.engine import Engine
from tests import oracle
from tests.conftest import Open
from tests.endpoint import Endpoint

REPLY = "*She does not look up.* “The river is where it was. 你呢？” 👩‍👩‍👧 e\u0301"


@database_sync_to_async
def stored(conversation: Conversation) -> list[tuple[str, str, str]]:
    head = Conversation.objects.get(pk=conversation.pk).head_id
    return [(m.role, m.text, m.state) for m in Message.objects.path_to(head, 100)]


async def test_a_reply_is_streamed_and_kept(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.queue(oracle.continuing(REPLY))
    socket = await open_socket(conversation, ada)

    await socket.send("Where is the river?", "client-id-1")
    finished = await socket.until("reply.finished")

    types = [frame["type"] for frame in socket.frames]
    assert types[:4] == ["hello", "message.saved", "message.saved", "turn.started"]
    assert "reply.delta" in types
    assert socket.frames[1]["client_id"] == "client-id-1"
    assert finished["reason"] == "stop"
    assert finished["message"]["text"] == REPLY
    assert (await stored(conversation))[1:] == [
        ("user", "Where is the river?", MessageState.FINISHED),
        ("assistant", REPLY, MessageState.FINISHED),
    ]


async def test_a_reply_cut_by_its_length_reads_as_one(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    reply = "“One family 👩‍👩‍👧, one word: 河流。” " + "e\u0301\u0300 and on, 还有。 " * 6 + "The end"
    endpoint.script = oracle.continuing(reply, cut=-(-len(reply) // 4))
    socket = await open_socket(conversation, ada)

    await socket.send("Go on.")
    finished = await socket.until("reply.finished")

    assert len(endpoint.requests) == 4
    assert finished["message"]["text"] == reply
    assert socket.shown[finished["message"]["id"]] == reply


async def test_what_is_written_while_a_reply_streams_gets_one_reply(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    gate = endpoint.gate()
    endpoint.say("Well, first", gate, ".")
    endpoint.say("Second.")
    socket = await open_socket(conversation, ada)
    await socket.send("One?")
    await socket.until("reply.delta")

    await socket.send("Two?")
    await socket.until("message.saved")
    await socket.send("Three?")
    await socket.until("message.saved")
    gate.go()
    await socket.until("reply.finished")
    await socket.until("reply.finished")

    assert [text for _, text, _ in await stored(conversation)][1:] == [
        "One?", "Well, first.", "Two?", "Three?", "Second.",
    ]  # fmt: skip
    assert len(endpoint.requests) == 2
