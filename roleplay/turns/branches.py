"""Where one stands in the tree: from one branch to another and back. Sync, inside the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from roleplay.conversations.models import Conversation, Message
from roleplay.turns.beginning import raise_revision


@dataclass(frozen=True)
class Parting:
    """Where two paths part: `kept` is the last message of both (None where they share none), `left` what the one
    has below it and `entered` what the other has (None where a path ends there).
    """

    kept: UUID | None = None
    left: UUID | None = None
    entered: UUID | None = None


def parting(one: Message | None, other: Message | None) -> Parting:
    """Where the path of `one` is left for that of `other`; None for a path that is still empty."""
    if other is None:
        return Parting(left=Message.objects.ancestor(one.pk, 0) if one else None)
    if one is None:
        return Parting(entered=Message.objects.ancestor(other.pk, 0))
    depth = min(one.depth, other.depth)
    ours, theirs = (Message.objects.ancestor(each.pk, depth) for each in (one, other))
    assert ours and theirs, "a path has every depth up to its end"
    if ours == theirs:
        left, entered = (Message.objects.ancestor(each.pk, depth + 1) for each in (one, other))
        return Parting(ours, left, entered)
    left, entered = Message.objects.parting(ours, theirs)
    return Parting(Message.objects.values_list("parent", flat=True).get(pk=left), left, entered)


def leave(conversation: Conversation, parting: Parting) -> None:
    """Remembers where one stands, for whoever comes back."""
    if parting.left:
        Message.objects.filter(pk=parting.left).update(left_at=conversation.head_id)


def remembered(entered: UUID, chosen: Message) -> Message:
    """Where one stood last below `chosen`, on the branch that is `entered`; itself where nobody did."""
    left_at = dict(Message.objects.filter(pk__in={entered, chosen.pk}).values_list("pk", "left_at"))
    for place in (left_at[entered], left_at[chosen.pk]):
        if place and Message.objects.ancestor(place, chosen.depth) == chosen.pk:
            return Message.objects.get(pk=place)
    return chosen


def move(conversation: Conversation, goal: Message) -> None:
    """The head goes to another branch. The caller saves the conversation."""
    conversation.head = goal
    conversation.moved_at = raise_revision(conversation)
