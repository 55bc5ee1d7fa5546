"""The queries of what is kept, each spelled once, with a spoken name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, models

from roleplay.conversations.path import PathMessage, jump_depth

if TYPE_CHECKING:
    from roleplay.conversations.models import Conversation, Message, Turn


# The turns that are not at their end; those of replies, and of impersonations. Without a
# parameter, so that SQLite can use an index with this condition.
OPEN = models.Q(ended_at=None)
IMPERSONATION = models.Q(message=None)
OPEN_REPLY = OPEN & models.Q(message__isnull=False)
OPEN_IMPERSONATION = OPEN & IMPERSONATION
RECORDED = models.Q(record__isnull=False)

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
    "deleted",
    "hidden",
    "edited",
    "drifted",
    "checkpoint",
    "window_start",
    "client_id",
    "created_at",
]

INHERITED = ("last_reinforced", "window_start")  # along the path

MIDDLE = COLUMNS[7:-1]  # what needs no care but for truth

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


# Upwards to a depth: by the jump while it does not lead too far, else by the parent.
_ANCESTOR = """
WITH RECURSIVE up(id, parent_id, jump, depth) AS (
    SELECT id, parent_id, jump, depth FROM conversations_message WHERE id = %(message)s
    UNION ALL
    SELECT next.id, next.parent_id, next.jump, next.depth
    FROM up
    LEFT JOIN conversations_message AS far ON far.id = up.jump
    JOIN conversations_message AS next
        ON next.id = CASE WHEN far.depth >= %(depth)s THEN up.jump ELSE up.parent_id END
    WHERE up.depth > %(depth)s
)
SELECT id FROM up WHERE depth = %(depth)s
"""

# Two messages of one depth upwards together, until they are alternatives: by the jump while that keeps them apart.
_PARTING = """
WITH RECURSIVE pair(one, other, step) AS (
    SELECT one.id, other.id, 0
    FROM conversations_message AS one, conversations_message AS other
    WHERE one.id = %(one)s AND other.id = %(other)s
    UNION ALL
    SELECT CASE WHEN one.jump <> other.jump THEN one.jump ELSE one.parent_id END,
        CASE WHEN one.jump <> other.jump THEN other.jump ELSE other.parent_id END,
        pair.step + 1
    FROM pair
    JOIN conversations_message AS one ON one.id = pair.one
    JOIN conversations_message AS other ON other.id = pair.other
    WHERE one.parent_id <> other.parent_id
)
SELECT one, other FROM pair ORDER BY step DESC LIMIT 1
"""


# Upwards from one message past several depths, the deepest first: each by jumps, as above.
_ANCESTORS = """
WITH RECURSIVE goals(place, depth) AS (VALUES {goals}),
up(id, parent_id, jump, depth, place) AS (
    SELECT id, parent_id, jump, depth, 1 FROM conversations_message WHERE id = %s
    UNION ALL
    SELECT next.id, next.parent_id, next.jump, next.depth, goal.place
    FROM up
    JOIN goals AS nearest ON nearest.place = up.place
    JOIN goals AS goal
        ON goal.place = CASE WHEN up.depth > nearest.depth THEN up.place ELSE up.place + 1 END
    LEFT JOIN conversations_message AS far ON far.id = up.jump
    JOIN conversations_message AS next
        ON next.id = CASE WHEN far.depth >= goal.depth THEN up.jump ELSE up.parent_id END
)
SELECT up.id FROM up JOIN goals ON goals.place = up.place AND goals.depth = up.depth
"""


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, user: Any) -> ConversationQuerySet:
        """Those that the user takes part in. There is no other way to a conversation, for nobody."""
        return self.filter(participants__user=user.pk) if user.pk else self.none()

    def newest_first(self) -> ConversationQuerySet:
        return self.order_by("-updated_at", "-pk")


class MessageQuerySet(models.QuerySet["Message"]):
    def create_below(self, parent: Message | None, **fields: Any) -> Message:
        """A new message that answers `parent`; without one, a beginning."""
        depth = 0 if parent is None else parent.depth + 1
        beside = self.filter(conversation=fields["conversation"], parent=parent, depth=depth)
        parted = beside.exists()
        if parted:
            beside.filter(parted=False).update(parted=True)
        jump = self._jump(parent, depth) if parent else None
        if parent:
            fields = {name: getattr(parent, name) for name in INHERITED} | fields
        return self.create(parent=parent, depth=depth, jump=jump, parted=parted, **fields)

    def _jump(self, parent: Message, depth: int) -> UUID | None:
        at = jump_depth(depth)
        if at is None or at == parent.depth:
            return None if at is None else parent.pk
        assert parent.jump, "only a jump leads further than to the parent"
        return self.values_list("jump", flat=True).get(pk=parent.jump)

    def ancestor(self, message: UUID, depth: int) -> UUID | None:
        """The message of the path that ends in `message`, at the depth; None where the path is shorter."""
        return next((id for (id,) in _ids(_ANCESTOR, {"message": adapted(message), "depth": depth})), None)

    def ancestors(self, message: UUID, depths: Sequence[int]) -> list[UUID]:
        """The messages of the path that ends in `message` at these depths, which fall and are its own at most."""
        if not depths:
            return []
        goals = ", ".join(["(%s, %s)"] * len(depths))
        numbered = [number for goal in enumerate(depths, 1) for number in goal]
        return [id for (id,) in _ids(_ANCESTORS.format(goals=goals), [*numbered, adapted(message)])]

    def parting(self, one: UUID, other: UUID) -> tuple[UUID, UUID]:
        """The alternatives by which the paths of two messages of one depth part: of `one`, and of `other`."""
        [(left, right)] = _ids(_PARTING, {"one": adapted(one), "other": adapted(other)})
        return left, right

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
        """The replies to each of `parents` (None: the beginnings), in the order in which they were made.

        Without those that were deleted with all below them.
        """
        wanted = set(parents)
        found: dict[UUID | None, list[UUID]] = {}
        of_depth_0 = [self.filter(depth=0)] if None in wanted else []
        for messages in (self.filter(parent__in=wanted - {None}), *of_depth_0):
            there = messages.exclude(deleted="from_here").order_by("created_at", "pk")
            for parent, message in there.values_list("parent_id", "id"):
                found.setdefault(parent, []).append(message)
        return found


class TurnQuerySet(models.QuerySet["Turn"]):
    def open(self) -> TurnQuerySet:
        return self.filter(OPEN)

    def open_replies(self) -> TurnQuerySet:
        return self.filter(OPEN_REPLY)

    def impersonations_of(self, user: int | None) -> TurnQuerySet:
        """Those that draft what the user may say next, the newest first."""
        return self.filter(IMPERSONATION, user=user).order_by("-created_at")

    def recorded(self) -> TurnQuerySet:
        """Those of which it is known what the model was told, the newest first."""
        return self.filter(RECORDED).order_by("-created_at")

    def unowned(self, now: datetime) -> TurnQuerySet:
        """Open turns that nobody writes: queued ones, and those left by an owner whose lease ran out."""
        left = models.Q(state="running", lease_expires_at__lt=now)
        return self.open().filter(models.Q(state="queued") | left)

    def held(self, turn: UUID, generation: int) -> TurnQuerySet:
        """The turn, while nobody has claimed it with a higher generation: every write of an owner goes through this."""
        return self.filter(pk=turn, generation=generation, state="running")


def _ids(statement: str, parameters: Sequence[Any] | dict[str, Any]) -> list[tuple[UUID, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    return [tuple(id if isinstance(id, UUID) else UUID(id) for id in row) for row in rows]


def adapted(id: UUID) -> Any:
    """An id as raw SQL takes it on this database."""
    return id.hex if connection.vendor == "sqlite" else id


def _from_sqlite(row: Sequence[Any]) -> PathMessage:
    """SQLite keeps ids as hex and instants without a zone."""
    id, parent, depth, role, name, author, cast_member, *middle, created_at = row
    for column in ("hidden", "drifted"):
        middle[MIDDLE.index(column)] = bool(middle[MIDDLE.index(column)])
    author, cast_member = author and UUID(author), cast_member and UUID(cast_member)
    created_at = created_at.replace(tzinfo=UTC)
    return PathMessage._make(
        (UUID(id), parent and UUID(parent), depth, role, name, author, cast_member, *middle, created_at)
    )
