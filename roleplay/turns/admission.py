"""What an account at a provider allows, and how much of it is taken: set by the operator, or learned from refusals.

All requests of a process pass here: first ones, retries, and what goes on where a length was reached.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from roleplay.providers import errors
from roleplay.turns.pauses import LONGEST_WAIT, Pause, growing

A_MINUTE = 60.5  # seconds; more than sixty, for the way to the provider may be quicker the second time


class Admission:
    """`at_once` and `a_minute`: requests; None where they are to be learned. `now` counts seconds."""

    def __init__(
        self,
        *,
        at_once: int | None = None,
        a_minute: int | None = None,
        pause: Pause = growing,
        now: Callable[[], float],
        minute: float = A_MINUTE,
    ) -> None:
        self._set_at_once, self._set_a_minute = at_once, a_minute
        self._at_once, self._a_minute = at_once, a_minute
        self._pause = pause
        self._now = now
        self._minute = minute
        self._guessed_at: float | None = None
        self._writing: set[Pass] = set()
        self._asked: deque[float] = deque()  # when requests of the last minute began
        self._going_on = 0  # replies that wait for a further request
        self._closed_until = -float("inf")
        self._refusals = 0

    def room(self) -> int | None:
        """How many may begin now; None for any number."""
        now = self._now()
        if now < self._closed_until:
            return 0
        self._grow(now)
        rooms = [self._room_in_minute(now)]
        if self._at_once is not None:
            rooms.append(self._at_once - len(self._writing))
        known = [room for room in rooms if room is not None]
        return max(0, min(known)) if known else None

    def opens_in(self) -> float:
        """Seconds until there may be room again without anybody's leaving; infinite where only that helps."""
        now = self._now()
        waits = [self._closed_until - now]
        if self._room_in_minute(now) == 0 and self._asked:
            waits.append(self._asked[0] + self._minute - now)
        return max(waits) if max(waits) > 0 else float("inf")

    def admit(self) -> Pass:
        """Takes the room for a reply and its first request."""
        admitted = Pass(self, self._ask())
        self._writing.add(admitted)
        return admitted

    def _ask(self) -> float:
        self._asked.append(self._now())
        return self._asked[-1]

    def _room_in_minute(self, now: float) -> int | None:
        while self._asked and self._asked[0] <= now - self._minute:
            self._asked.popleft()
        if self._a_minute is None:
            return None
        return max(0, self._a_minute - len(self._asked) - self._going_on)

    def _grow(self, now: float) -> None:
        """A guess is tried again, one more each minute that passes without a refusal."""
        if (
            self._guessed_at is not None
            and self._at_once is not None
            and now >= self._guessed_at + self._minute
        ):
            self._at_once += 1
            self._guessed_at = now

    def _refused(self, asked_at: float, error: errors.RateLimited) -> None:
        """Nobody asks before the pause is over. What is learned is what the provider says, else a guess."""
        now = self._now()
        if asked_at in self._asked:
            self._asked.remove(asked_at)
        if now >= self._closed_until:  # those that were refused together count once
            pause = self._pause(error, self._refusals)
            self._refusals += 1
        else:
            pause = error.retry_after or 0.0
        # Bounded, so that each of those who wait hears of a longer one himself, and ends.
        self._closed_until = max(self._closed_until, now + min(pause, LONGEST_WAIT))
        if self._set_a_minute is None and error.a_minute:
            self._a_minute = error.a_minute
        if self._set_at_once is not None:
            return
        if error.at_once:
            self._at_once, self._guessed_at = error.at_once, None
        elif not error.a_minute and len(self._writing) > 1:
            self._at_once = max(1, sum(each.answered for each in self._writing))
            self._guessed_at = now

    async def _further(self) -> float:
        self._going_on += 1
        try:
            wait = self._until_further()
            while wait > 0:
                await asyncio.sleep(wait)
                wait = self._until_further()
        finally:
            self._going_on -= 1
        return self._ask()

    def _until_further(self) -> float:
        now = self._now()
        self._room_in_minute(now)
        full = self._a_minute is not None and len(self._asked) >= self._a_minute
        in_minute = self._asked[0] + self._minute - now if full else 0.0
        return max(in_minute, self._closed_until - now)


class Pass:
    """One reply's right to ask, until it leaves. `answered`: the provider has let it in."""

    def __init__(self, admission: Admission, asked_at: float) -> None:
        self._admission = admission
        self._asked_at = asked_at
        self.answered = False

    def let_in(self) -> None:
        if not self.answered:
            self.answered = True
            self._admission._refusals = 0

    def refused(self, error: errors.RateLimited) -> None:
        self._admission._refused(self._asked_at, error)

    async def further(self) -> None:
        """Waits until one more request may begin: before those that wait in line."""
        self._asked_at = await self._admission._further()

    def leave(self) -> None:
        self._admission._writing.discard(self)
