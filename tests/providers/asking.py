"""Asking an endpoint with the true `openai` client."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Any

import openai
import pytest

USER = {"role": "user", "content": "Hello."}
PARTIAL = {"role": "assistant", "name": "Mira", "content": "", "partial": True}


@asynccontextmanager
async def asking(endpoint, *, partial="", key="none", **options):
    """The stream of one reply, and its client closed after it."""
    arguments: dict[str, Any] = {
        "model": "kimi-k2.6",
        "messages": [USER, {**PARTIAL, "content": partial}],
        "max_completion_tokens": 64,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    async with (
        openai.AsyncOpenAI(base_url=endpoint.url, api_key=key, max_retries=0) as client,
        await client.chat.completions.create(**arguments | options) as stream,
    ):
        yield stream


async def chunks_of(endpoint, **options):
    async with asking(endpoint, **options) as stream:
        return [chunk async for chunk in stream]


async def reply_of(endpoint, **options):
    """The text of a reply, and its finish reason."""
    choices = [chunk.choices[0] for chunk in await chunks_of(endpoint, **options) if chunk.choices]
    return "".join(choice.delta.content or "" for choice in choices), choices[-1].finish_reason


async def text_until_it_breaks(endpoint, error):
    text = ""
    with pytest.raises(error) as caught:
        async with asking(endpoint) as stream:
            async for chunk in stream:
                text += chunk.choices[0].delta.content or ""
    return text, caught.value
