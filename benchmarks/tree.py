"""What a reader's ways through a conversation cost, in a short one and in a very long one.

python -m benchmarks.tree    prints milliseconds of each way, on the database that DATABASE_URL names
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from roleplay.conversations.models import Conversation, Message

SHORT, LONG = 100, 100_000  # messages
TIMES = 40
MOST = 1.5  # times what it costs in a short one


def main() -> int:
    """The exit code: 0 where no way costs more than it may."""
    from tests import databases

    folder = Path(tempfile.mkdtemp(prefix="roleplay-bench-"))
    url = databases.url_of(folder)
    databases.create(url)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    try:
        return _compare()
    finally:
        from django.db import connections

        connections.close_all()
        databases.drop(url)


def _compare() -> int:
    from tests.cast import make_character, make_user

    user, character = make_user("ada"), make_character()
    ways = {length: _ways(user, character, length) for length in (SHORT, LONG)}
    worst = 0.0
    print(f"| way | {SHORT} messages | {LONG:,} messages | times |\n|---|---|---|---|")
    for way in ways[SHORT]:
        short, long = _medians(ways[SHORT][way], ways[LONG][way])
        worst = max(worst, long / short)
        print(f"| {way} | {short:.2f} ms | {long:.2f} ms | {long / short:.2f} |")
    return int(worst > MOST)


def _ways(user: User, character: Any, length: int) -> dict[str, Callable[[int], object]]:
    """A reader's ways through a conversation of so many messages with two forks; each takes the number of the time."""
    from django.db import connection

    from roleplay.conversations import pages, tree_map
    from roleplay.conversations.models import Conversation
    from roleplay.turns import service
    from tests.cast import make_conversation, make_long

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


def _medians(*acts: Callable[[int], object]) -> list[float]:
    """Milliseconds of each. They take turns: what slows the machine for a while slows them alike."""
    took: list[list[float]] = [[] for _ in acts]
    for number in range(TIMES):
        for act, times in zip(acts, took, strict=True):
            began = time.perf_counter()
            act(number)
            times.append((time.perf_counter() - began) * 1000)
    return [statistics.median(times) for times in took]


if __name__ == "__main__":
    sys.exit(main())
