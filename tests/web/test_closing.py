"""Who may not be here any more is sent away within a second; everybody else stays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import transaction
from django.test import AsyncClient, Client

from roleplay.conversations.models import Conversation
from tests.browser_socket import BrowserSocket, sign_in
from tests.cast import make_conversation, make_user
from tests.conftest import Open

NOT_SIGNED_IN, NO_LONGER_A_MEMBER, NOT_FOUND = 4401, 4403, 4404
A_SECOND = 1.0
PASSWORD = "long enough for a test"  # of everybody in the cast


async def stays(socket: BrowserSocket) -> bool:
    await socket.say("ping")
    return bool((await socket.next())["type"] == "pong")


def ban(user: User, conversation: Conversation) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])


def new_password(user: User, conversation: Conversation) -> None:
    user.set_password("quite another one")
    user.save()


def delete(user: User, conversation: Conversation) -> None:
    user.delete()


def delete_by_query(user: User, conversation: Conversation) -> None:
    User.objects.filter(pk=user.pk).delete()


def sign_out_everywhere(user: User, conversation: Conversation) -> None:
    for session in Session.objects.all():
        if session.get_decoded()["_auth_user_id"] == str(user.pk):
            session.delete()


def remove(user: User, conversation: Conversation) -> None:
    conversation.participants.get(user=user).delete()


def remove_by_query(user: User, conversation: Conversation) -> None:
    conversation.participants.filter(user=user).delete()


WAYS = [
    (ban, NOT_SIGNED_IN),
    (new_password, NOT_SIGNED_IN),
    (delete, NOT_SIGNED_IN),
    (delete_by_query, NOT_SIGNED_IN),
    (sign_out_everywhere, NOT_SIGNED_IN),
    (remove, NO_LONGER_A_MEMBER),
    (remove_by_query, NO_LONGER_A_MEMBER),
]


@pytest.mark.parametrize(("way", "code"), WAYS, ids=[way.__name__ for way, _ in WAYS])
async def test_who_may_not_be_here_any_more_is_sent_away_and_the_others_stay(
    way: Callable[[User, Conversation], None],
    code: int,
    conversation: Conversation,
    ada: User,
    ben: User,
    open_socket: Open,
):
    await conversation.participants.acreate(user=ben)
    two_of_ada = [await open_socket(conversation, ada) for _ in range(2)]
    of_ben = await open_socket(conversation, ben)

    await database_sync_to_async(way)(ada, conversation)

    async with asyncio.timeout(A_SECOND):
        assert [await socket.close_code() for socket in two_of_ada] == [code] * 2
    assert await stays(of_ben)


async def test_a_removal_closes_the_sockets_of_that_conversation_alone(
    conversation: Conversation, ada: User, ben: User, open_socket: Open
):
    await conversation.participants.acreate(user=ben)
    another = await database_sync_to_async(make_conversation)(
        ada, await database_sync_to_async(lambda: conversation.cast.get().version.character)()
    )
    here, there = await open_socket(conversation, ada), await open_socket(another, ada)

    await database_sync_to_async(remove)(ada, conversation)

    async with asyncio.timeout(A_SECOND):
        assert await here.close_code() == NO_LONGER_A_MEMBER
    assert await stays(there)


async def test_with_its_conversation_every_socket_goes(
    conversation: Conversation, ada: User, ben: User, open_socket: Open
):
    await conversation.participants.acreate(user=ben)
    sockets = [await open_socket(conversation, user) for user in (ada, ben)]

    await conversation.adelete()

    async with asyncio.timeout(A_SECOND):
        assert [await socket.close_code() for socket in sockets] == [NOT_FOUND] * 2


async def signed_in(user: User) -> tuple[AsyncClient, str]:
    client = AsyncClient()
    await client.aforce_login(user)
    return client, client.cookies["sessionid"].value


async def opened(conversation: Conversation, session: str) -> BrowserSocket:
    socket = BrowserSocket(conversation.pk, session)
    await socket.connect()
    await socket.until("hello")
    return socket


async def test_a_sign_out_through_the_page_closes_the_sockets_of_that_session_alone(
    transactional_db: None, conversation: Conversation, ada: User
):
    (client, session), (_, elsewhere) = [await signed_in(ada) for _ in range(2)]
    leaves, remains = await opened(conversation, session), await opened(conversation, elsewhere)

    await client.post("/accounts/logout/")

    async with asyncio.timeout(A_SECOND):
        assert await leaves.close_code() == NOT_SIGNED_IN
    assert await stays(remains)
    await leaves.close()
    await remains.close()


async def test_a_new_password_through_the_page_closes_all_sockets_and_keeps_the_page_signed_in(
    transactional_db: None, conversation: Conversation, ada: User
):
    (client, session), (_, elsewhere) = [await signed_in(ada) for _ in range(2)]
    sockets = [await opened(conversation, key) for key in (session, elsewhere)]
    new = {
        "oldpassword": PASSWORD,
        "password1": "a longer one than before",
        "password2": "a longer one than before",
    }

    await client.post("/accounts/password/change/", new)

    async with asyncio.timeout(A_SECOND):
        assert [await socket.close_code() for socket in sockets] == [NOT_SIGNED_IN] * 2
    assert (await client.get(conversation.get_absolute_url())).status_code == 200
    again = await opened(conversation, client.cookies["sessionid"].value)
    for socket in (*sockets, again):
        await socket.close()


async def test_who_is_banned_cannot_come_back(transactional_db: None, conversation: Conversation, ada: User):
    session = await database_sync_to_async(sign_in)(ada)
    await database_sync_to_async(ban)(ada, conversation)
    socket = BrowserSocket(conversation.pk, session)

    await socket.connect()

    assert await socket.close_code() == NOT_SIGNED_IN


async def test_what_is_rolled_back_closes_nothing(conversation: Conversation, ada: User, open_socket: Open):
    def nearly() -> None:
        with transaction.atomic():
            ban(ada, conversation)
            transaction.set_rollback(True)

    socket = await open_socket(conversation, ada)

    await database_sync_to_async(nearly)()

    assert await stays(socket)


def test_without_a_server_nobody_is_told_and_nothing_fails(transactional_db: None, client: Client):
    user = make_user("ada")
    client.force_login(user)

    client.post("/accounts/logout/")
    ban(user, None)  # type: ignore[arg-type]
    call_command("clearsessions")
    user.delete()

    assert not User.objects.exists()
