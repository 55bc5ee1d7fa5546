"""The queries of what is kept, each spelled once, with a spoken name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, models

from roleplay.conversations.path import PathMessage

if TYPE_CHECKING:
    from roleplay.conversations.models import Conversation, Message, Turn


# The turns whose reply is not at its end. Without a parameter, so that SQLite can use an index with this condition.
OPEN = models.Q(ended_at=None)

COLUMNS = [
    "id",
    "parent_id",
    "depth",
    "role",
    "name",
    "author_id",
    "cast_member_id",
    "text",
    "state",
    "error",
    "revision",
    "generation",
    "reply_number",
    "reinforced",
    "window_start",
    "client_id",
    "created_at",
]

# Upwards from one message: as many steps as messages are wanted, whatever the length of the path.
_NEWEST_OF_PATH = f"""
WITH RECURSIVE path(id, parent_id, step) AS (
    SELECT id, parent_id, 1 FROM conversations_message WHERE id = %s
    UNION ALL
    SELECT message.id, message.parent_id, path.step + 1
    FROM conversations_message AS message JOIN path ON message.id = path.parent_id
    WHERE path.step < %s
)
SELECT {", ".join(f"message.{column}" for column in COLUMNS)}
FROM path JOIN conversations_message AS message ON message.id = path.id
ORDER BY message.depth
"""


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, user: Any) -> ConversationQuerySet:
        """Those that the user takes part in. There is no other way to a conversation, for nobody."""
        return self.filter(participants__user=user.pk) if user.pk else self.none()

    def newest_first(self) -> ConversationQuerySet:
        return self.order_by("-updated_at", "-pk")


class MessageQuerySet(models.QuerySet["Message"]):
    def path_to(self, message: UUID | None, most: int) -> list[PathMessage]:
        """The newest `most` messages of the path that ends in `message`, oldest first."""
        if message is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(_NEWEST_OF_PATH, [adapted(message), most])
            rows = cursor.fetchall()
        made = _from_sqlite if connection.vendor == "sqlite" else PathMessage._make
        return [made(row) for row in rows]

    def alternatives(self, parents: Iterable[UUID | None]) -> dict[UUID | None, list[UUID]]:
        """The replies to each of `parents` (None: the beginnings), in the order in which they were made."""
        wanted = set(parents)
        found: dict[UUID | None, list[UUID]] = {}
        of_depth_0 = [self.filter(depth=0)] if None in wanted else []
        for messages in (self.filter(parent__in=wanted - {None}), *of_depth_0):
            for parent, message in messages.order_by("created_at", "pk").values_list("parent_id", "id"):
                found.setdefault(parent, []).append(message)
        return found


class TurnQuerySet(models.QuerySet["Turn"]):
    def open(self) -> TurnQuerySet:
        return self.filter(OPEN)

    def unowned(self, now: datetime) -> TurnQuerySet:
        """Open turns that nobody writes: queued ones, and those left by an owner whose lease ran out."""
        left = models.Q(state="running", lease_expires_at__lt=now)
        return self.open().filter(models.Q(state="queued") | left)

    def held(self, turn: UUID, generation: int) -> TurnQuerySet:
        """The turn, while nobody has claimed it with a higher generation: every write of an owner goes through this."""
        return self.filter(pk=turn, generation=generation, state="running")


def adapted(id: UUID) -> Any:
    """An id as raw SQL takes it on this database."""
    return id.hex if connection.vendor == "sqlite" else id


def _from_sqlite(row: Sequence[Any]) -> PathMessage:
    """SQLite keeps ids as hex and instants without a zone."""
    id, parent, depth, role, name, author, cast_member, *middle, created_at = row
    author, cast_member = author and UUID(author), cast_member and UUID(cast_member)
    created_at = created_at.replace(tzinfo=UTC)
    return PathMessage._make(
        (UUID(id), parent and UUID(parent), depth, role, name, author, cast_member, *middle, created_at)
    )
