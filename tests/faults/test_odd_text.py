"""Text of every odd kind is kept, streamed and shown as it was said: to the last code point, wherever it is cut."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation, Message
from roleplay.conversations.publish import publish
from roleplay.prompt.text import clean
from roleplay.turns import service
from roleplay.turns.engine import Engine
from tests import behaviours, oracle
from tests.behaviours import Behaviour
from tests.browser_socket import BrowserSocket
from tests.conftest import Open
from tests.endpoint import Endpoint
from tests.kimi import Body
from tests.page import Page

ODD = {
    "NUL": "a\0b\0 c",
    "a high half alone": "so \ud800 it is",
    "a low half alone": "\udc00 begins",
    "halves the wrong way round": "a \ude00\ud83d b",
    "pairs": "😀🎭 𝒜𐍈!",
    "a family": "👩\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈.",
    "from right to left": "\u200fשלום\u200e \u202ecba\u202c \u2067مرحبا\u2069!",
    "a thousand marks": "e" + "\u0301" * 1000 + "!",
    "a long word": "N" + "o" * 4000 + "河" * 4000,
    "CRLF": "one\r\ntwo\rthree\n\r\nfour",
    "tabs": "\tone\t\ttwo\t.",
    "white space of other kinds": "a\u00a0\u3000b\u2028c\u0085\ufeffd",
    "what no character is": "\uffff \ufdd0 \x01\x1b[1m\x7f \U0010ffff.",
}
FEW = 12  # cuts of a long text
each_odd_text = pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())


def units(text: str) -> list[str]:
    """What a stream can be cut between: a pair comes in two halves."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [raw[i : i + 2].decode("utf-16-le", "surrogatepass") for i in range(0, len(raw), 2)]


def cuts(text: str) -> list[int]:
    length = len(units(text))
    return list(range(1, length, max(1, length // FEW)))


def delta(text: str) -> bytes:
    """As providers write it that escape what is not ASCII."""
    return b"data: " + json.dumps({"choices": [{"index": 0, "delta": {"content": text}}]}).encode() + b"\n\n"


def saved_of(units_said: list[str]) -> str:
    """What is kept of a stream that broke off here: neither half a pair nor white space at the end."""
    said = "".join(units_said)
    return clean(said[:-1] if said and "\ud800" <= said[-1] <= "\udbff" else said).rstrip()


async def asked(user: User, conversation: Conversation, engine: Engine, text: str = "Say it.") -> None:
    """Past the socket, which takes no more than ten of them a second."""
    send = database_sync_to_async(service.send)
    done = await send(user, conversation.pk, client_id=str(uuid4()), text=text)
    for frame in (*done.others, *done.all):
        await publish(conversation.pk, frame)
    engine.look()


async def loaded(socket: BrowserSocket) -> Page:
    page = Page()
    await socket.say("resume", revision=0)
    page.receive(await socket.until("snapshot"))
    return page


async def answered(socket: BrowserSocket, page: Page) -> str:
    """The text that the page made of the deltas and shows at the end."""
    while True:
        frame = await socket.next()
        shown = page.path[-1][2]
        page.receive(frame)
        assert page.wants == ""
        if frame["type"] == "reply.finished":
            assert page.path[-1][2].startswith(shown)
            return page.path[-1][2]


async def stored(message: str) -> str:
    return (await Message.objects.aget(pk=message)).text


@each_odd_text
async def test_what_a_user_writes_is_kept_and_told_as_it_is(
    text: str, conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    writing, reading = await open_socket(conversation, ada), await open_socket(conversation, ada)
    page = await loaded(reading)

    await writing.send(text)
    saved = (await writing.until("message.saved"))["message"]
    await answered(reading, page)

    assert saved["text"] == clean(text) == await stored(saved["id"])
    assert page.messages[saved["id"]]["text"] == clean(text)
    assert (await loaded(reading)).messages[saved["id"]]["text"] == clean(text)
    assert clean(text) in [message["content"] for message in endpoint.requests[0]["messages"]]


@pytest.mark.once  # what a user writes is tried on both
@pytest.mark.usefixtures("unguarded")
@each_odd_text
async def test_what_a_model_says_is_the_same_wherever_it_is_cut(
    text: str, conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    socket = await open_socket(conversation, ada)
    page = await loaded(socket)

    for cut in cuts(text):
        first, second = units(text)[:cut], units(text)[cut:]
        gate = endpoint.gate()
        endpoint.say(delta("".join(first)), gate, delta("".join(second)))
        await asked(ada, conversation, engine)
        if shown := saved_of(first):
            told = await socket.until("reply.delta")
            assert (told["offset"], told["text"]) == (0, shown)
        gate.go()
        for frame in socket.frames[socket.frames.index(page.heard[-1]) + 1 :]:
            page.receive(frame)

        assert await answered(socket, page) == clean(text).rstrip() == await stored(page.path[-1][0])


@pytest.mark.once  # what a user writes is tried on both
@pytest.mark.usefixtures("unguarded")
@each_odd_text
async def test_a_stream_that_breaks_within_it_goes_on_from_what_was_saved(
    text: str, conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    whole = clean(text).rstrip()
    socket = await open_socket(conversation, ada)
    page = await loaded(socket)

    for cut in cuts(text):
        first = units(text)[:cut]
        endpoint.queue(behaviours.drop(delta("".join(first))))
        endpoint.queue(lambda body: _the_rest(whole, body))
        await asked(ada, conversation, engine)

        assert await answered(socket, page) == whole == await stored(page.path[-1][0])
        assert endpoint.requests[-1]["messages"][-1]["content"] == saved_of(first)


def _the_rest(whole: str, body: Body) -> Behaviour:
    had = oracle.said_so_far(body)
    assert whole.startswith(had)
    return behaviours.say(*map(delta, units(whole[len(had) :])))


async def test_a_page_that_comes_in_the_midst_of_it_counts_as_the_server_does(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    text = "".join(part for name, part in ODD.items() if "long" not in name)
    first, second = units(text)[:200], units(text)[200:]
    gate = endpoint.gate()
    endpoint.say(*map(delta, first), gate, *map(delta, second))
    early = await open_socket(conversation, ada)
    await asked(ada, conversation, engine)
    while len(early.shown.get((await early.until("reply.delta"))["message"], "")) < len(saved_of(first)):
        pass

    late = await open_socket(conversation, ada)
    page = await loaded(late)
    assert page.path[-1][2] == saved_of(first)
    gate.go()

    assert await answered(late, page) == clean(text).rstrip()
