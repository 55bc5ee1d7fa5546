"""What can be heard of the ledger from outside: the events of a conversation, and the saves that failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self
from uuid import UUID

import orjson
from channels.layers import get_channel_layer

from roleplay.conversations.publish import group


class Listener:
    """Hears what the sockets of a conversation are told."""

    async def join(self, conversation: UUID) -> Self:
        self._layer = get_channel_layer()
        self._channel = await self._layer.new_channel()
        await self._layer.group_add(group(conversation), self._channel)
        return self

    async def next(self) -> dict[str, object]:
        frame: dict[str, object] = orjson.loads((await self._layer.receive(self._channel))["text"])
        return frame

    def heard_nothing(self) -> bool:
        return self._channel not in self._layer.channels


class Failures(logging.Handler):
    """Sets an event when a save fails."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith("A save of 1 replies failed"):
            self.seen.set()


@contextmanager
def failed_saves() -> Iterator[asyncio.Event]:
    """An event that is set once a save of one reply has failed."""
    logger, failures = logging.getLogger("roleplay.turns.ledger"), Failures()
    logger.addHandler(failures)
    yield failures.seen
    logger.removeHandler(failures)
