"""A conversation is found by those who take part in it; for everybody else, the operator too, it is not there."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from roleplay.conversations.models import Conversation, Message
from tests.browser_socket import BrowserSocket, sign_in
from tests.cast import make_conversation, make_user
from tests.conftest import Open

NOT_SIGNED_IN, NO_LONGER_A_MEMBER, NOT_FOUND = 4401, 4403, 4404

SECRET = "The key is under the third stone."


@pytest.fixture
def operator(db: None) -> User:
    return make_user("operator", is_staff=True, is_superuser=True)


@pytest.fixture
def strangers(ben: User, operator: User) -> dict[str, User]:
    return {"ben": ben, "operator": operator}


@pytest.fixture
def told(conversation: Conversation, ada: User) -> Conversation:
    conversation.messages.create_below(
        conversation.head, conversation=conversation, role="user", name="ada", text=SECRET,
        author=conversation.participants.get(),
    )  # fmt: skip
    conversation.head = conversation.messages.get(text=SECRET)
    conversation.save()
    return conversation


def addresses(conversation: Conversation) -> list[str]:
    assert conversation.head
    return [
        reverse("conversation", args=[conversation.pk]),
        reverse("earlier", args=[conversation.pk, conversation.head_id]),
        reverse("beginning", args=[conversation.pk]),
        reverse("later", args=[conversation.pk, conversation.head.parent_id]),
        reverse("texts", args=[conversation.pk, conversation.head_id]),
    ]


def test_ada_opens_her_conversation(told: Conversation, ada: User, client: Client):
    client.force_login(ada)

    page, earlier, beginning, later, texts = (client.get(address) for address in addresses(told))

    assert SECRET in page.content.decode()
    assert earlier.json()["messages"][0]["depth"] == 0
    assert [each["depth"] for each in beginning.json()["messages"]] == [0, 1]
    assert later.json()["messages"][0]["text"] == SECRET
    assert texts.json() == {"texts": []}


@pytest.mark.parametrize("stranger", ["ben", "operator"])
def test_a_stranger_finds_nothing_at_any_address(
    stranger: str, strangers: dict[str, User], told: Conversation, client: Client
):
    client.force_login(strangers[stranger])

    for address in addresses(told):
        assert client.get(address).status_code == 404
    for listing in ("/", "/conversations/", "/characters/mira/"):
        answer = client.get(listing).content.decode()
        assert SECRET not in answer
        assert str(told.pk) not in answer


def test_a_message_of_another_conversation_is_not_found_through_ones_own(
    told: Conversation, ben: User, client: Client
):
    own = make_conversation(ben, told.cast.get().version.character)
    client.force_login(ben)

    for part in ("earlier", "later", "texts"):
        assert client.get(reverse(part, args=[own.pk, told.head_id])).status_code == 404


def test_without_a_sign_in_one_is_asked_to(told: Conversation, client: Client):
    for address in addresses(told):
        assert client.get(address).headers["Location"].startswith("/accounts/login/")


def test_the_desk_shows_the_operator_no_conversation(told: Conversation, operator: User, client: Client):
    client.force_login(operator)

    index = client.get("/admin/").content.decode()

    assert set(re.findall(r"/admin/conversations/(\w+)/", index)) == {"usage"}
    for name in ("conversation", "message", "turn", "participant"):
        assert client.get(f"/admin/conversations/{name}/").status_code == 404


@pytest.mark.parametrize("stranger", ["ben", "operator"])
async def test_a_stranger_cannot_join(
    stranger: str, transactional_db: None, strangers: dict[str, User], told: Conversation
):
    session = await database_sync_to_async(sign_in)(strangers[stranger])
    socket = BrowserSocket(told.pk, session)

    await socket.connect()

    assert await socket.close_code() == NOT_FOUND
    assert socket.frames == []


async def test_a_conversation_that_is_not_there_looks_the_same(transactional_db: None, ben: User):
    socket = BrowserSocket(uuid4(), await database_sync_to_async(sign_in)(ben))

    await socket.connect()

    assert await socket.close_code() == NOT_FOUND


@pytest.mark.parametrize("session", ["", "no-such-session"])
async def test_nobody_joins_without_a_sign_in(session: str, transactional_db: None, told: Conversation):
    socket = BrowserSocket(told.pk, session)

    await socket.connect()

    assert await socket.close_code() == NOT_SIGNED_IN


FRAMES: list[dict[str, Any]] = [
    {"type": "message.send", "client_id": "a-client-id", "text": "Let me in."},
    {"type": "turn.stop"},
    {"type": "resume", "revision": 0},
]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame["type"])
async def test_who_no_longer_takes_part_is_sent_away_at_his_next_frame(
    frame: dict[str, Any], conversation: Conversation, ada: User, ben: User, open_socket: Open
):
    await conversation.participants.acreate(user=ben)
    socket = await open_socket(conversation, ada)
    await conversation.participants.filter(user=ada).adelete()

    await socket.say(**frame)

    assert await socket.close_code() == NO_LONGER_A_MEMBER
    assert await Message.objects.filter(conversation=conversation).acount() == 1


async def test_who_signed_out_is_sent_away_at_his_next_frame(
    conversation: Conversation, ada: User, open_socket: Open
):
    socket = await open_socket(conversation, ada)
    await Session.objects.all().adelete()

    await socket.send("Am I still here?")

    assert await socket.close_code() == NOT_SIGNED_IN


async def test_a_retry_cannot_reach_into_another_conversation(
    transactional_db: None, told: Conversation, ben: User, open_socket: Open
):
    def own_of_ben() -> Conversation:
        return make_conversation(ben, told.cast.get().version.character)

    own = await database_sync_to_async(own_of_ben)()
    socket = await open_socket(own, ben)

    await socket.say("turn.retry", client_id="a-client-id", message=str(told.head_id))

    assert (await socket.until("error"))["code"] == "cannot_retry"


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:9999", "", "null"])
async def test_a_foreign_page_is_refused_outright(
    origin: str, transactional_db: None, told: Conversation, ada: User
):
    session = await database_sync_to_async(sign_in)(ada)

    assert not await BrowserSocket(told.pk, session, origin=origin).connect()


def test_what_a_user_wrote_goes_with_him(told: Conversation, ada: User, operator: User, client: Client):
    ada.personas.update(name="A secret persona")
    client.force_login(operator)

    asked = client.get(f"/admin/auth/user/{ada.pk}/delete/").content.decode()
    client.post(f"/admin/auth/user/{ada.pk}/delete/", {"post": "yes"})

    assert "A secret persona" not in asked
    assert str(told.pk) not in asked
    assert not Message.objects.filter(text=SECRET).exists()
