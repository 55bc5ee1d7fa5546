"""The map of a tree: where the branches part, along a path from its end upwards. Sync.

What it costs depends on what it shows, not on the length of the path: partings are found by their index, and
the path's messages beside them by jumps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Substr

from roleplay.conversations.models import Conversation, Message

PARTINGS = 30  # of a path, on one page
WITHIN = 5  # of a branch that is shown within another
LEVELS = 2  # of branches within branches
DEPTHS = 100  # at which somebody parted, looked at together
MOST_DEPTHS = 1000  # looked at for one page
SHOWN = 160  # code points of what was said


@dataclass(frozen=True)
class Place:
    """A message, as a map names it: by its first words."""

    id: UUID
    depth: int
    name: str
    words: str
    created_at: datetime
    deleted: str
    checkpoint: str


@dataclass(frozen=True)
class Branch:
    """One of the alternatives: `here` where the path of the map goes on. `length`: messages below `place`, as far
    as one stood there last. `partings`: those below it; `more`: there may be others, which are not shown.
    """

    place: Place
    here: bool
    length: int = 0
    partings: tuple[Parting, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class Parting:
    """`after` is the last message that the branches share; None before a beginning."""

    after: Place | None
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class TreeMap:
    """`partings` of the path to `end`, the newest first, after the branches that go on below it where there are any.
    `above`: there may be more at and above this depth.

    `start`: the message that starts the branch that is shown; None where it is the conversation's own path.
    """

    end: Place | None
    partings: tuple[Parting, ...] = ()
    above: int | None = None
    start: Place | None = None


def tree_map(conversation: Conversation, above: int | None = None) -> TreeMap:
    """The partings of the path on which one stands, from the depth `above` on upwards."""
    end = _place(conversation.head_id)
    if end is None:
        return TreeMap(None)
    partings, left = _partings(conversation, end, _least(above, end.depth), 0, PARTINGS, LEVELS)
    return TreeMap(end, partings, left)


def branch_map(conversation: Conversation, branch: UUID, above: int | None = None) -> TreeMap:
    """The partings below a message, to where one stood there last. Raises Message.DoesNotExist."""
    message = conversation.messages.get(pk=branch)
    start, end = _place(message.pk), _place(message.left_at)
    assert start
    if end is None or Message.objects.ancestor(end.id, start.depth) != start.id:
        end = start
    top = _least(above, end.depth)
    partings, left = _partings(conversation, end, top, start.depth + 1, PARTINGS, LEVELS)
    return TreeMap(end, partings, left, start)


def checkpoints(conversation: Conversation) -> QuerySet[Message]:
    """The messages that have a name, the newest first."""
    return conversation.messages.exclude(checkpoint="").order_by("-created_at", "-pk")


def places(messages: Iterable[Message]) -> list[Place]:
    """The messages as a map names them, in their order."""
    order = [message.pk for message in messages]
    found = _places(Message.objects.filter(pk__in=order))
    return [found[pk] for pk in order]


def _partings(
    conversation: Conversation, end: Place, start: int, floor: int, most: int, levels: int
) -> tuple[tuple[Parting, ...], int | None]:
    """At most so many partings between the depths `start` and `floor`, and the depth from which there may be more."""
    # Whatever goes on below the end comes first.
    found = list(Message.objects.filter(parent=end.id)[:1]) if start == end.depth else []
    looked = 0
    while looked < MOST_DEPTHS and len(found) < most and start >= floor:
        depths = _parted_depths(conversation, start, floor)
        path = Message.objects.ancestors(end.id, depths)
        found += Message.objects.filter(pk__in=path, parted=True).order_by("-depth")
        looked += DEPTHS
        start = depths[-1] - 1 if len(depths) == DEPTHS else floor - 1
    if len(found) > most:
        start = found[most - 1].depth - 1
    shown = found[:most]
    branches = _branches(conversation, shown, end, levels)
    afters = _places(Message.objects.filter(pk__in=[each.parent_id for each in shown]))
    partings = tuple(Parting(afters.get(each.parent_id), tuple(branches[each.parent_id])) for each in shown)
    return partings, start if start >= floor else None


def _parted_depths(conversation: Conversation, start: int, floor: int) -> list[int]:
    parted = conversation.messages.filter(parted=True, depth__range=(floor, start))
    return list(parted.order_by("-depth").values_list("depth", flat=True).distinct()[:DEPTHS])


def _branches(
    conversation: Conversation, on_path: Iterable[Message], end: Place, levels: int
) -> dict[UUID | None, list[Branch]]:
    """By the message below which they part: those beside the path to `end`, and those below it."""
    here = {message.pk for message in on_path if message.depth <= end.depth}
    parents = {message.parent_id for message in on_path}
    beside = list(conversation.messages.filter(parent__in=parents - {None}))
    if None in parents:
        beside += conversation.messages.filter(depth=0)
    places = _places(Message.objects.filter(pk__in=[message.pk for message in beside]))
    ends = _places(Message.objects.filter(pk__in=[message.left_at for message in beside if message.left_at]))
    found: dict[UUID | None, list[Branch]] = {parent: [] for parent in parents}
    for message in sorted(beside, key=lambda each: (each.created_at, each.pk)):
        left = ends.get(message.left_at) if message.pk not in here else None
        branch = Branch(places[message.pk], message.pk in here)
        found[message.parent_id].append(_with_its_own(conversation, branch, left, levels) if left else branch)
    return found


def _with_its_own(conversation: Conversation, branch: Branch, end: Place, levels: int) -> Branch:
    """The branch with what is below it, to where one stood there last."""
    start = branch.place
    if end.depth < start.depth or Message.objects.ancestor(end.id, start.depth) != start.id:
        return branch
    length = end.depth - start.depth
    if not levels:
        return Branch(start, False, length, more=True)
    partings, left = _partings(conversation, end, end.depth, start.depth + 1, WITHIN, levels - 1)
    return Branch(start, False, length, partings, left is not None)


def _place(message: UUID | None) -> Place | None:
    return _places(Message.objects.filter(pk=message)).get(message) if message else None


def _places(messages: QuerySet[Message]) -> dict[UUID | None, Place]:
    columns = ("pk", "depth", "name", "words", "created_at", "deleted", "checkpoint")
    rows = messages.annotate(words=Substr("text", 1, SHOWN)).values_list(*columns)
    found = (Place(*row) for row in rows)
    return {each.id: replace(each, words="") if each.deleted else each for each in found}


def _least(above: int | None, depth: int) -> int:
    return depth if above is None else min(above, depth)
