"""PURE: a message as a path has it, and the steps by which a path is climbed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class PathMessage(NamedTuple):
    """A message of a path, as a plain tuple: a path may have thousands."""

    id: UUID
    parent: UUID | None
    depth: int
    role: str
    name: str
    author: UUID | None
    cast_member: UUID | None
    text: str
    state: str
    error: str
    revision: int
    generation: int
    reply_number: int
    reinforced: str
    deleted: str
    hidden: bool
    edited: int
    drifted: bool
    checkpoint: str
    window_start: int
    client_id: str | None
    created_at: datetime


def jump_depth(depth: int) -> int | None:
    """The depth that the jump of a message leads to; None where it has none.

    As in a skew-binary list (Myers, “An applicative random-access stack”, 1983): a path of n messages is cut
    into pieces of 2^k - 1, and the last message jumps over the last piece. So a new message has its jump from
    its parent's, and every ancestor is found in at most 3 log n steps.
    """
    left = depth + 1
    while left:
        piece = (1 << (left + 1).bit_length() - 1) - 1
        if left == piece:
            break
        left -= piece
    return depth - left if depth >= left else None
