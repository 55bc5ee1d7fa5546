"""PURE: one line for all that waits for the model, fair between users."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Waiting(NamedTuple):
    """A turn that nobody writes. `user` is None for those who are gone; `place` is what is stored of it.

    `awake`: it may be claimed. `stands`: it is told its place; neither one that wakes in a moment is, nor one
    that may yet be its old owner's.
    """

    turn: UUID
    conversation: UUID
    message: UUID | None
    user: int | None
    created_at: datetime
    awake: bool
    stands: bool = True
    place: int | None = None


def in_line(waiting: Iterable[Waiting], writing: Iterable[int | None] = ()) -> list[Waiting]:
    """Who has the least before him comes first, and of those who has waited longest.

    Before a user's turn stand his own that are `writing` (by user) and those of his that wait longer: so
    nobody is served twice while somebody else waits.
    """
    had = Counter(writing)
    before = {}
    for each in sorted(waiting, key=lambda each: each.created_at):
        before[each] = had[each.user]
        had[each.user] += 1
    return sorted(before, key=lambda each: (before[each], each.created_at))
