"""PURE: a message as a path has it."""

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
    window_start: int
    client_id: str | None
    created_at: datetime
