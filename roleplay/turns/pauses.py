"""How long to wait before a model is asked again."""

from __future__ import annotations

import random
from collections.abc import Callable

from roleplay.providers import errors

LONGEST_WAIT = 300.0  # seconds; a provider that asks for more is asked no more
LONGEST = 60.0  # seconds, unless the provider asks for more

Pause = Callable[[errors.Passing, int], float]
"""Seconds to wait after an error, and after how many before it."""


def growing(error: errors.Passing, before: int) -> float:
    """Doubled each time, jittered, and what the provider asks for at least."""
    pause: float = error.pause * 2 ** min(before, 10) * random.uniform(0.75, 1.25)
    return max(min(pause, LONGEST), error.retry_after or 0)
