"""How much a prompt takes, and where the model's view begins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

BLOCKS = (20, 10, 5, 1)  # messages that leave at once: seldom and far is cheaper than often and little
ROOM_AFTER_MOVE = 0.75  # of the budget: what a prompt may take when its window has moved
PER_MESSAGE = 4  # tokens for its header


def size(text: str) -> int:
    """Tokens of a text, without a tokenizer: UTF-8 bytes / 4 is within 0.83 to 1.07 of a modern
    vocabulary for English, Chinese, Japanese and JSON.
    """
    return -(-len(text.encode()) // 4)


def tokens(text: str) -> int:
    """Tokens of a message."""
    return size(text) + PER_MESSAGE


def first_in_view(depths: Sequence[int], start: int) -> int:
    """The index of the first message at or below the depth `start`.

    Where a path is read only in part and begins deeper, the view begins at a round depth, so that it
    does not slide with every message.
    """
    if depths and depths[0] > start:
        start = -(-depths[0] // BLOCKS[0]) * BLOCKS[0]
    return bisect_left(depths, start)


def window_start(sizes: Sequence[int], start: int, *, fixed: int, budget: int) -> int:
    """The index of the first message in view: `start`, unless a prompt from there passes the budget (tokens).

    Then it moves forward in whole blocks, until the prompt takes at most three quarters of the budget. The
    last message stays in view whatever its size. `fixed` is what the prompt takes besides messages.
    """
    used = fixed + sum(sizes[start:])
    if used <= budget:
        return start
    for block in BLOCKS:
        moved, left = start, used
        while left > budget * ROOM_AFTER_MOVE and moved + block < len(sizes):
            left -= sum(sizes[moved : moved + block])
            moved += block
        if left <= budget * ROOM_AFTER_MOVE:
            return moved
    return max(start, len(sizes) - 1)
