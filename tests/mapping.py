"""A reader who follows the map of a conversation wherever it leads."""

from __future__ import annotations

from uuid import UUID

from roleplay.conversations import tree_map
from roleplay.conversations.models import Conversation, Message


def reached(conversation: Conversation) -> set[UUID]:
    """Every message to which the map leads, from page to page."""
    maps, found = [tree_map.tree_map(conversation)], set()
    while maps:
        at = maps.pop()
        assert at.end
        found |= {message.id for message in Message.objects.path_to(at.end.id, 10_000)}
        branches = [branch.place.id for parting in at.partings for branch in parting.branches]
        maps += [tree_map.branch_map(conversation, branch) for branch in set(branches) - found]
        if at.above is not None:
            start = at.start and at.start.id
            maps.append(
                tree_map.branch_map(conversation, start, at.above)
                if start
                else tree_map.tree_map(conversation, at.above)
            )
    return found
