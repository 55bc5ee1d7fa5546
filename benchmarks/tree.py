"""What a reader's ways through a conversation cost, in a short one and in a very long one.

python -m benchmarks.tree    prints milliseconds of each way, on the database that DATABASE_URL names
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from benchmarks.lengths import Ways, measured

if TYPE_CHECKING:
    from roleplay.conversations.models import Conversation, Message

SHORT = 100  # messages


def _ways(length: int) -> Ways:
    """A reader's ways through a conversation of so many messages with two forks; each takes the number of the time."""
    from django.db import connection

    from roleplay.conversations import pages, tree_map
    from roleplay.conversations.models import Conversation
    from roleplay.turns import service
    from tests.cast import make_character, make_conversation, make_long, make_user

    user, character = make_user(f"reader-{length}"), make_character(slug=f"mira-{length}")
    conversation = make_conversation(user, character)
    make_long(conversation, length)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    path = dict(conversation.messages.values_list("depth", "pk"))
    reader = conversation.participants.get().pk
    early, late = 10, length // 10 * 9
    forks = {depth: (path[depth], _alternative(conversation, path[depth])) for depth in (early, late)}

    def swipe(depth: int) -> Callable[[int], object]:
        return lambda number: service.select(user, conversation.pk, message_id=forks[depth][(number + 1) % 2])

    def fresh() -> Conversation:
        return Conversation.objects.get(pk=conversation.pk)

    return {
        "page open": lambda _: pages.newest(fresh(), reader),
        "swipe near the beginning": swipe(early),
        "swipe near the end": swipe(late),
        "jump to the middle": lambda _: pages.around(fresh(), path[length // 2], reader),
        "scroll back": lambda _: pages.before(fresh(), path[late]),
        "map": lambda _: tree_map.tree_map(fresh()),
        "scroll on": lambda _: pages.after(fresh(), path[early], reader),
    }


def _alternative(conversation: Conversation, message: Any) -> Any:
    """A sibling of the message, of the same role."""
    from roleplay.conversations.models import Message

    known: Message = Message.objects.select_related("parent").get(pk=message)
    made = Message.objects.create_below(
        known.parent, conversation=conversation, role=known.role, name=known.name, text="Otherwise."
    )
    return made.pk


if __name__ == "__main__":
    sys.exit(measured(_ways, short=SHORT))
