"""The ledger's statements: all drafts of a process in one, fenced by generation. Sync."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models

from roleplay.conversations.querysets import adapted
from roleplay.turns.claims import LEASE


class Progress(NamedTuple):
    turn: UUID
    generation: int
    text: str
    reasoning: str


# Unnamed columns of VALUES are column1, column2, … on SQLite and on PostgreSQL alike.
_SAVE = """
UPDATE conversations_turn SET text = v.column3, reasoning = v.column4, lease_expires_at = %s
FROM (VALUES {rows}) AS v
WHERE id = v.column1 AND generation = v.column2 AND state = 'running'
RETURNING id
"""
_RENEW = """
UPDATE conversations_turn SET lease_expires_at = %s
FROM (VALUES {rows}) AS v
WHERE id = v.column1 AND generation = v.column2 AND state = 'running'
RETURNING id
"""


def save(made: Sequence[Progress], now: datetime) -> set[UUID]:
    """Saves text and lease of each; returns the turns that are still their writers'."""
    rows = [(adapted(turn), generation, text, reasoning) for turn, generation, text, reasoning in made]
    return {_uuid(turn) for (turn,) in _execute(_SAVE, rows, now)}


def renew(held: Sequence[tuple[UUID, int]], now: datetime) -> set[UUID]:
    """Renews the lease of each (turn, generation); returns those that are still their owners'."""
    rows = [(adapted(turn), generation) for turn, generation in held]
    return {_uuid(turn) for (turn,) in _execute(_RENEW, rows, now)}


def _execute(statement: str, rows: Sequence[tuple[Any, ...]], now: datetime) -> list[tuple[Any, ...]]:
    row = f"({', '.join(['%s'] * len(rows[0]))})"
    expires_at = models.DateTimeField().get_db_prep_value(now + LEASE, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(rows=", ".join([row] * len(rows))),
            [expires_at, *(value for values in rows for value in values)],
        )
        return list(cursor.fetchall())


def _uuid(id: Any) -> UUID:
    return id if isinstance(id, UUID) else UUID(id)
