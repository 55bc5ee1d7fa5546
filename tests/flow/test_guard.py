"""A reply that breaks its character is cut before anybody sees it, and goes on in character: one continuous text."""

from __future__ import annotations

from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth.models import User

from characters.models import Character
from roleplay.conversations.models import Conversation, Mend, Message, Turn
from roleplay.providers.dialects import openai
from roleplay.turns.engine import Engine
from tests.browser_socket import BrowserSocket
from tests.cast import make_conversation
from tests.conftest import Open, make_engine
from tests.endpoint import Endpoint
from tests.kimi import Body
from tests.oracle import said_so_far

pytestmark = pytest.mark.once

BROKEN = "*She folds the map.* “Wait here. As an AI language model, I have no maps.”"
GOOD = "*She folds the map.* “Wait here."
BETTER = " The river moves at dawn.”"


def systems(body: Body) -> list[str]:
    return [message["content"] for message in body["messages"] if message["role"] == "system"]


begun = database_sync_to_async(make_conversation)


async def shown(socket: BrowserSocket) -> tuple[list[str], dict[str, Any]]:
    """All that a reader was told of the reply, and its message."""
    texts = []
    while (frame := await socket.next())["type"] != "reply.finished":
        if frame["type"] == "reply.delta":
            texts.append(frame["text"])
    return texts, frame["message"]


async def test_it_goes_on_from_the_last_good_clause(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.say(*BROKEN, endpoint.silence())
    endpoint.say(*BETTER)
    socket = await open_socket(conversation, ada)

    await socket.send("Where does it go?")
    texts, reply = await shown(socket)
    await endpoint.client_left()

    assert reply["text"] == GOOD + BETTER
    assert GOOD.startswith(texts[0]) and reply["text"].startswith("".join(texts))
    assert not reply["drifted"]
    first, second = endpoint.requests
    assert said_so_far(second) == GOOD
    told = second["messages"][-2]
    assert told["role"] == "system"
    assert told["content"].startswith(systems(first)[0])
    assert "Mira is no AI" in told["content"]
    assert len(systems(second)) == 2
    mend = await Mend.objects.select_related("character").aget()
    assert (mend.by, mend.words, mend.place) == ("machine", "As an AI", len(GOOD))
    assert (mend.begun, mend.left_out) == ("", "As an AI ")
    assert mend.character and mend.character.slug == "mira"
    assert mend.told > 100 > mend.said > 0


async def test_at_a_third_break_the_text_is_let_through_and_marked(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    for begun in ("Yes, well. ", " I think. ", " Truly, "):
        endpoint.say(begun, "I am an AI.")
    socket = await open_socket(conversation, ada)

    await socket.send("Who are you?")
    _, reply = await shown(socket)

    assert reply["text"] == "Yes, well. I think. Truly, I am an AI."
    assert reply["drifted"]
    assert [said_so_far(body) for body in endpoint.requests] == ["", "Yes, well.", "Yes, well. I think."]
    assert await Mend.objects.acount() == 2


async def test_where_nothing_good_remains_it_begins_anew_from_its_prefix(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    conversation.reply_opening = "*Mira sighs*"
    await conversation.asave()
    endpoint.say(" I am an AI.")
    endpoint.say(" and says nothing.")
    socket = await open_socket(conversation, ada)

    await socket.send("Who are you?")
    _, reply = await shown(socket)

    assert reply["text"] == "*Mira sighs* and says nothing."
    assert [said_so_far(body) for body in endpoint.requests] == ["*Mira sighs*"] * 2


async def test_where_a_model_cannot_go_on_nothing_is_cut(
    conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    endpoint.strict = False
    endpoint.say(BROKEN)
    engine = make_engine(endpoint, dialect=openai.DIALECT)
    await engine.start()
    socket = await open_socket(conversation, ada)

    await socket.send("Where does it go?")
    _, reply = await shown(socket)

    await engine.stop()
    assert reply["text"] == BROKEN
    assert reply["drifted"]


async def test_a_conversation_may_do_without(
    unguarded: None,
    conversation: Conversation,
    ada: User,
    engine: Engine,
    endpoint: Endpoint,
    open_socket: Open,
):
    endpoint.say(BROKEN)
    socket = await open_socket(conversation, ada)

    await socket.send("Where does it go?")
    _, reply = await shown(socket)

    assert reply["text"] == BROKEN
    assert reply["drifted"]


async def test_the_user_s_lines_are_not_written_for_him(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.say("*She waits.*\n\n", "ada", ": I come", " with you.")
    endpoint.say("")
    socket = await open_socket(conversation, ada)

    await socket.send("Well?")
    _, reply = await shown(socket)

    assert (reply["text"], reply["state"]) == ("*She waits.*", "finished")
    assert await Turn.objects.filter(mends__by="users_lines").acount() == 1


async def test_what_its_author_only_wants_reported_is_not_cut(
    mira: Character, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    mira.never_says, mira.reports_only = "lovely", ["never_says"]
    await mira.asave()
    conversation = await begun(ada, mira)
    endpoint.say("A lovely day.")
    socket = await open_socket(conversation, ada)

    await socket.send("Well?")
    _, reply = await shown(socket)

    assert (reply["text"], reply["drifted"]) == ("A lovely day.", True)
    assert not await Message.objects.filter(turns__mends__isnull=False).aexists()
