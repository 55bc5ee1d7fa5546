"""How much may be done for one prompt. It is counted, not timed: the same scene makes the same prompt everywhere."""

from __future__ import annotations


class Work:
    """What is left of it: about as many nanoseconds of an ordinary processor."""

    def __init__(self, left: int) -> None:
        self._left = left

    def spend(self, cost: int) -> bool:
        """Whether there was as much left. Once there was not, there is none."""
        self._left = self._left - cost if cost <= self._left else -1
        return self._left >= 0

    @property
    def over(self) -> bool:
        return self._left < 0
