"""The channel layer of a single process."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from channels.layers import InMemoryChannelLayer

logger = logging.getLogger(__name__)

CAPACITY = 1000  # events waiting for one socket


class MemoryLayer(InMemoryChannelLayer):  # type: ignore[misc]  # untyped
    """Channels' own layer, without its walk over every channel and group at each send and
    receive, and without its deep copies: its cost grows with the receivers alone.

    Nothing expires: a consumer leaves its groups when its socket goes. Receivers share one
    event and must not change it.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"capacity": CAPACITY, **options})

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        self.require_valid_group_name(group)
        for channel in list(self.groups.get(group, ())):
            queue = self.channels.setdefault(channel, asyncio.Queue(maxsize=self.get_capacity(channel)))
            try:
                queue.put_nowait((time.time() + self.expiry, message))
            except asyncio.QueueFull:
                logger.warning("A socket is behind by %s events; it will resume.", queue.maxsize)

    async def group_discard(self, group: str, channel: str) -> None:
        """A channel that leaves a group is a socket that goes: what still waits for it goes with it."""
        await super().group_discard(group, channel)
        self.channels.pop(channel, None)

    def _clean_expired(self) -> None:
        """Nothing expires here."""
