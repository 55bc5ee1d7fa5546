"""A channel layer as bad as one may be: it drops events, doubles them, and lets them overtake each other."""

from __future__ import annotations

import random
from typing import Any

from roleplay.layer import MemoryLayer

DROPPED, DOUBLED, SWAPPED = 0.05, 0.02, 0.05
FRAMES = ("conversation.frame", "conversation.text")


class LossyLayer(MemoryLayer):
    """Only what browsers are told of a conversation suffers."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._chance = random.Random(7)
        self._late: list[tuple[str, dict[str, Any]]] = []

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if message["type"] not in FRAMES:
            await super().group_send(group, message)
            return
        late, self._late = self._late, []
        chance = self._chance.random()
        if chance >= DROPPED + DOUBLED + SWAPPED:
            await super().group_send(group, message)
        elif chance < DOUBLED:
            await super().group_send(group, message)
            await super().group_send(group, message)
        elif chance < DOUBLED + SWAPPED:
            self._late.append((group, message))
        for one in late:
            await super().group_send(*one)
