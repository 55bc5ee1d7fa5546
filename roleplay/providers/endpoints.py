"""Where the model is reached, from the settings."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from roleplay.providers import dialects, prices
from roleplay.providers.dialects.values import Dialect
from roleplay.providers.prices import Price

if TYPE_CHECKING:
    from roleplay.providers.client import Client

KIMI = "https://api.moonshot.ai/v1"
KIMI_CHINA = "https://api.moonshot.cn/v1"
KIMI_MODEL = "kimi-k2.6"
DEMO_MODEL = "demo"


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One account at one provider. `…_within` are seconds, the first two measured from delta to delta.

    `at_once` and `a_minute` are the requests that the account is allowed; None where that is to be learned.
    """

    base_url: str
    key: str
    model: str
    dialect: Dialect
    reply_tokens: int
    first_delta_within: float = 120.0
    next_delta_within: float = 60.0
    whole_reply_within: float = 900.0
    at_once: int | None = None
    a_minute: int | None = None
    price: Price | None = None

    @property
    def thinks(self) -> bool:
        return self.dialect.thinks(self.model)


def configured() -> Endpoint:
    """The endpoint that the settings name; the built-in demo model where they name none."""
    if settings.DEMO_MODEL:
        return Endpoint(
            base_url=settings.DEMO_URL or f"{own_address()}/demo/v1",
            key=demo_key(),
            model=DEMO_MODEL,
            dialect=dialects.BY_NAME["kimi"],
            reply_tokens=settings.REPLY_TOKENS,
        )
    base_url = settings.LLM_BASE_URL or KIMI
    model = settings.LLM_MODEL or KIMI_MODEL
    return Endpoint(
        base_url=base_url,
        key=settings.LLM_API_KEY or "none",
        model=model,
        dialect=dialects.BY_NAME[settings.LLM_DIALECT or dialects.by_host(base_url)],
        reply_tokens=settings.REPLY_TOKENS,
        at_once=settings.LLM_CONCURRENCY,
        a_minute=settings.LLM_REQUESTS_PER_MINUTE,
        price=settings.LLM_PRICE or prices.BY_MODEL.get(model),
    )


def own_address() -> str:
    """Where this server can be reached from this machine."""
    host = "127.0.0.1" if settings.HOST in ("0.0.0.0", "::") else settings.HOST
    return f"http://[{host}]:{settings.PORT}" if ":" in host else f"http://{host}:{settings.PORT}"


def demo_key() -> str:
    """The bearer that the demo model asks for: the server's own secret, so that only it is answered."""
    return hmac.new(settings.SECRET_KEY.encode(), b"demo model", hashlib.sha256).hexdigest()


def anonymous(user_id: object) -> str:
    """A user's id as a provider may see it: stable, and telling nothing."""
    return hmac.new(settings.SECRET_KEY.encode(), f"user {user_id}".encode(), hashlib.sha256).hexdigest()[:32]


async def opened(endpoint: Endpoint) -> Client:
    """A client for the endpoint. Its libraries take a second to import: in a thread, so that the loop goes on."""
    make = await asyncio.to_thread(load_client)
    return make(endpoint)


def load_client() -> type[Client]:
    """Imports the model client, once: that takes a second."""
    made: type[Client] = importlib.import_module("roleplay.providers.client").Client
    return made
