"""Replies through the project's own client, over the network or past it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing

import httpx2

from roleplay.prompt.values import Block, Prompt
from roleplay.providers.client import Client
from roleplay.providers.dialects import kimi
from roleplay.providers.dialects.values import Wish
from roleplay.providers.endpoints import Endpoint

PROMPT = Prompt(
    blocks=(
        Block("system", "你饰演凯尔希。", "head", 9),
        Block("user", "Why?\n\t“河”", "history", 5, "阿澄"),
    ),
    name="凯尔希",
    text="“因为",
)
REQUEST = kimi.request(PROMPT, Wish(model="kimi-k2.6", reply_tokens=64, user="somebody"))


async def reply(client: Client) -> str:
    async with aclosing(client.stream(REQUEST)) as deltas:
        return "".join([delta.text async for delta in deltas])


def through(handler: Callable[[httpx2.Request], httpx2.Response]) -> Client:
    """A client with no network: the handler answers."""
    endpoint = Endpoint(
        base_url="http://model.test/v1", key="a key", model="kimi-k2.6", dialect=kimi.DIALECT, reply_tokens=64
    )
    return Client(endpoint, transport=httpx2.MockTransport(handler))
