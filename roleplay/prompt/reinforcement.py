"""When the system prompt is said again, and where."""

from __future__ import annotations

from collections.abc import Sequence

from roleplay.prompt.values import Line


def is_due(number: int, every: int, last: int) -> bool:
    """Whether the reply with this number on its path (the first is 1) is to be reinforced; 0 turns it off.

    `last` is the number of the newest that was, 0 for none: where N was changed meanwhile, no more than N - 1 replies
    stand after the system prompt all the same.
    """
    return every > 0 and (number % every == 0 or number - (last or 1) >= every)


def place(lines: Sequence[Line], due: bool) -> int | None:
    """Where the one repeat stands: the index of the line it comes before, `len(lines)` for before the reply
    to be made, None for nowhere. It stays before the newest marked reply until the next is due.
    """
    if due:
        return len(lines)
    marked = (index for index in range(len(lines) - 1, -1, -1) if lines[index].reinforced)
    return next(marked, None)
