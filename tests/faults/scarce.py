"""A provider's account that allows little, and tells it as Kimi does."""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tests import behaviours
from tests.behaviours import Behaviour, Gate, Stream
from tests.kimi import Body
from tests.oracle import Oracle, Said, said_before

AT_ONCE = 1
A_MINUTE = 3
TYPE = "rate_limit_reached_error"
ACCOUNT = "Your account org-1<ak-1> request reached organization"


@dataclass
class Scarce:
    """The oracle behind the limits of an account. `minute` is in seconds; what was refused does not count.

    `first` is held at the gate until the test lets it go on.
    """

    oracle: Oracle
    minute: float
    first: Gate = field(default_factory=Gate)
    let_in: list[Said] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _running: int = 0
    _began: deque[float] = field(default_factory=deque)

    def __call__(self, body: Body) -> Behaviour:
        now = time.monotonic()
        while self._began and self._began[0] <= now - self.minute:
            self._began.popleft()
        if self._running >= AT_ONCE:
            return self._refusal(f"max concurrency: {AT_ONCE}", 1)
        if len(self._began) >= A_MINUTE:
            return self._refusal(f"max RPM: {A_MINUTE}", math.ceil(self._began[0] + self.minute - now))
        self._began.append(now)
        self._running += 1
        answer = self.oracle(body)
        assert isinstance(answer, Stream)
        held = [] if self.let_in else [self.first]
        self.let_in.append(said_before(body))
        return replace(answer, pieces=(_Beginning(self._ended), *held, *answer.pieces))

    def _refusal(self, limit: str, seconds: int) -> Behaviour:
        self.refused.append(limit)
        return behaviours.fail(429, TYPE, f"{ACCOUNT} {limit}, please try again after {seconds} seconds")

    def _ended(self, _: object) -> None:
        self._running -= 1


class _Beginning(Gate):
    """Passed at once; it tells when the response is over, however that comes about."""

    def __init__(self, ended: Callable[[object], None]) -> None:
        super().__init__()
        self._ended = ended

    async def passed(self) -> None:
        performing = asyncio.current_task()
        assert performing
        performing.add_done_callback(self._ended)
