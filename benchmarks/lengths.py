"""What something costs in a short conversation and in a very long one, on an empty database."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LONG = 100_000  # messages
TIMES = 40
MOST = 1.5  # times what it costs in a short one

Ways = dict[str, Callable[[int], object]]


def measured(ways_of: Callable[[Any, Any, int], Ways], *, short: int) -> int:
    """Prints milliseconds of each way, on the database that DATABASE_URL names. The exit code: 0 where none costs
    more than it may. `ways_of` makes them for a user, a character and a length; each takes the number of the time.
    """
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
        return _compare(ways_of, short)
    finally:
        from django.db import connections

        connections.close_all()
        databases.drop(url)


def _compare(ways_of: Callable[[Any, Any, int], Ways], short: int) -> int:
    from tests.cast import make_character, make_user

    user, character = make_user("ada"), make_character()
    ways = {length: ways_of(user, character, length) for length in (short, LONG)}
    worst = 0.0
    print(f"| way | {short:,} messages | {LONG:,} messages | times |\n|---|---|---|---|")
    for way in ways[short]:
        quick, slow = _medians(ways[short][way], ways[LONG][way])
        worst = max(worst, slow / quick)
        print(f"| {way} | {quick:.2f} ms | {slow:.2f} ms | {slow / quick:.2f} |")
    return int(worst > MOST)


def _medians(*acts: Callable[[int], object]) -> list[float]:
    """Milliseconds of each. They take turns: what slows the machine for a while slows them alike."""
    took: list[list[float]] = [[] for _ in acts]
    for number in range(TIMES):
        for act, times in zip(acts, took, strict=True):
            began = time.perf_counter()
            act(number)
            times.append((time.perf_counter() - began) * 1000)
    return [statistics.median(times) for times in took]
