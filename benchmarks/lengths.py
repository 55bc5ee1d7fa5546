"""What something costs where there is little, and where there is very much, on an empty database."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

LONG = 100_000  # messages
TIMES = 40
MOST = 1.5  # times what it costs where there is little

Ways = dict[str, Callable[[int], object]]


def measured(ways_of: Callable[[int], Ways], *, short: int, long: int = LONG, of: str = "messages") -> int:
    """Prints milliseconds of each way, on the database that DATABASE_URL names. The exit code: 0 where none costs
    more than it may. `ways_of` makes them for so many messages, or what else; each takes the number of the time.
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
        return _compare(ways_of, short, long, of)
    finally:
        from django.db import connections

        connections.close_all()
        databases.drop(url)


def _compare(ways_of: Callable[[int], Ways], short: int, long: int, of: str) -> int:
    ways = {length: ways_of(length) for length in (short, long)}
    worst = 0.0
    print(f"| way | {short:,} {of} | {long:,} {of} | times |\n|---|---|---|---|")
    for way in ways[short]:
        quick, slow = _medians(ways[short][way], ways[long][way])
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
