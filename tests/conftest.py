"""Fixtures: the cast, the scripted endpoint, a running engine, and sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.contrib.auth.models import User

from characters.models import Character
from roleplay.conversations.models import Conversation
from roleplay.providers import endpoints
from roleplay.providers.dialects import kimi
from roleplay.turns.engine import Engine
from tests.browser_socket import BrowserSocket, sign_in
from tests.cast import make_character, make_conversation, make_user
from tests.endpoint import Endpoint

pytest.register_assert_rewrite("tests.browser.window")

Open = Callable[..., Awaitable[BrowserSocket]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="the programmes of faults in their full counts")
    parser.addoption("--figures", default="", help="a file that gets what they measure")


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--full"))


@pytest.fixture
def ada(db: None) -> User:
    return make_user("ada")


@pytest.fixture
def ben(db: None) -> User:
    return make_user("ben")


@pytest.fixture
def mira(db: None) -> Character:
    return make_character()


@pytest.fixture
def conversation(ada: User, mira: Character) -> Conversation:
    return make_conversation(ada, mira)


@pytest.fixture
def unguarded(conversation: Conversation) -> None:
    """Every word is saved as it comes: for tests that break a stream off at a certain one."""
    conversation.guarded = False
    conversation.save(update_fields=["guarded"])


@pytest_asyncio.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    async with Endpoint() as endpoint:
        yield endpoint


def configured(endpoint: Endpoint, **changes: object) -> endpoints.Endpoint:
    """The scripted endpoint as the application is told of it."""
    defaults = {"base_url": endpoint.url, "key": "a key", "model": "kimi-k2.6", "dialect": kimi.DIALECT}
    return endpoints.Endpoint(**{**defaults, "reply_tokens": 1024, **changes})  # type: ignore[arg-type]


def make_engine(endpoint: Endpoint, **changes: object) -> Engine:
    """An engine that asks the scripted endpoint, and tries again without a pause."""
    return Engine(lambda: endpoints.opened(configured(endpoint, **changes)), pause=lambda *_: 0)


@pytest_asyncio.fixture
async def engine(transactional_db: None, endpoint: Endpoint) -> AsyncIterator[Engine]:
    engine = make_engine(endpoint)
    await engine.start()
    yield engine
    await engine.stop()


@pytest_asyncio.fixture
async def open_socket(transactional_db: None) -> AsyncIterator[Open]:
    """Opens a conversation as a user would, past the hello."""
    sockets: list[BrowserSocket] = []

    async def open_one(conversation: Conversation, user: User, **options: str) -> BrowserSocket:
        session = await database_sync_to_async(sign_in)(user)
        socket = BrowserSocket(conversation.pk, session, **options)
        sockets.append(socket)
        assert await socket.connect()
        assert (await socket.next())["type"] == "hello"
        return socket

    yield open_one
    for socket in sockets:
        await socket.close()
