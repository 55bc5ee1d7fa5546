"""What becomes of a guarded reply where it ends: between cut and continuation, and while words are held."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation, Mend
from roleplay.turns.engine import Engine
from tests import behaviours
from tests.conftest import Open, make_engine
from tests.endpoint import Endpoint
from tests.flow.test_guard import BETTER, BROKEN, GOOD, shown
from tests.oracle import said_so_far

pytestmark = pytest.mark.once


async def test_a_process_that_ends_after_the_cut_leaves_what_is_to_be_avoided(
    transactional_db: None, conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    gate = endpoint.silence()
    endpoint.say(BROKEN)
    endpoint.say(gate, " Nobody hears this.")
    endpoint.say(BETTER)
    old, new = make_engine(endpoint), make_engine(endpoint)
    await old.start()
    socket = await open_socket(conversation, ada)
    await socket.send("Where does it go?")
    await gate.reached.wait()

    await old.stop()
    await new.start()
    _, reply = await shown(socket)

    await new.stop()
    assert reply["text"] == GOOD + BETTER
    assert said_so_far(endpoint.requests[2]) == GOOD
    assert "Mira is no AI" in endpoint.requests[2]["messages"][-2]["content"]
    assert await Mend.objects.acount() == 1


async def test_a_stop_between_cut_and_continuation_keeps_the_good_words(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    gate = endpoint.silence()
    endpoint.say(BROKEN)
    endpoint.say(gate)
    socket = await open_socket(conversation, ada)
    await socket.send("Where does it go?")
    await gate.reached.wait()

    await socket.say("turn.stop")
    _, reply = await shown(socket)

    assert (reply["text"], reply["state"], reply["drifted"]) == (GOOD, "stopped", False)


@pytest.mark.parametrize(
    ("begun", "asked", "goes_on"),
    [
        ("“Well, as an", "“Well,", " old hand, I know.”"),
        ("As an", "As an", " old hand, I know."),
    ],
    ids=["held words are said again", "but where nothing else came they are kept"],
)
async def test_a_length_within_what_is_held(
    begun: str,
    asked: str,
    goes_on: str,
    conversation: Conversation,
    ada: User,
    engine: Engine,
    endpoint: Endpoint,
    open_socket: Open,
):
    endpoint.queue(behaviours.say(begun, finish="length"))
    endpoint.say(goes_on)
    socket = await open_socket(conversation, ada)

    await socket.send("Do you know it?")
    _, reply = await shown(socket)

    assert said_so_far(endpoint.requests[1]) == asked
    assert reply["text"] == asked + goes_on


@pytest.mark.parametrize(("last", "text"), [("as an", "“Well, as an"), ("as an AI", "“Well, I am.”")])
async def test_the_end_of_the_stream_judges_what_is_held(
    last: str,
    text: str,
    conversation: Conversation,
    ada: User,
    engine: Engine,
    endpoint: Endpoint,
    open_socket: Open,
):
    endpoint.say("“Well, ", last)
    endpoint.say(" I am.”")
    socket = await open_socket(conversation, ada)

    await socket.send("Do you know it?")
    _, reply = await shown(socket)

    assert reply["text"] == text


async def test_after_the_last_continuation_no_held_word_is_lost(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    for number in range(5):
        endpoint.queue(behaviours.say(f" part {number}, as an", finish="length"))
    socket = await open_socket(conversation, ada)

    await socket.send("Count.")
    _, reply = await shown(socket)

    assert reply["text"] == " part 0, part 1, part 2, part 3, part 4, as an"


async def test_each_cut_counts_what_its_own_request_was_told(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.say("The river is long, " * 100, "as an AI, no.")
    endpoint.say("and wide, as an AI, no.")
    endpoint.say("and deep.")
    socket = await open_socket(conversation, ada)

    await socket.send("How long is it?")
    await shown(socket)

    first, second = [mend async for mend in Mend.objects.all()]
    assert second.told > first.told + 400  # with the words that were there by then
