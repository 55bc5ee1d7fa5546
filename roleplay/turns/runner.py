"""One turn: scene -> prompt -> dialect -> stream -> draft. How it ends is decided here, and written by `endings`."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

from django.db import Error
from django.utils import timezone

from roleplay.conversations import events
from roleplay.providers import errors
from roleplay.turns import claims, clock, endings, telling
from roleplay.turns.admission import Pass
from roleplay.turns.claims import Claim
from roleplay.turns.draft import Draft
from roleplay.turns.endings import Ending
from roleplay.turns.factor import Factor
from roleplay.turns.ledger import Interruption, Ledger, Live
from roleplay.turns.pauses import LONGEST_WAIT, Pause, growing
from roleplay.turns.speaking import Means, Model, Spoken, has_gained, speak
from roleplay.turns.thread import DatabaseThread

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

AGAIN_AFTER = 0.5  # seconds, where the database failed
MOST_TRIES = 5  # that end without more text


class Runner:
    """Runs claimed turns. `work` is the engine's database thread for claims, scenes and ends."""

    def __init__(self, model: Model, ledger: Ledger, work: DatabaseThread, pause: Pause = growing) -> None:
        self._model = model
        self._ledger = ledger
        self._work = work
        self._pause = pause
        self._means = Means(model, ledger, work, Factor(model.endpoint.model))

    async def run(self, claim: Claim, admitted: Pass) -> None:
        """Writes the reply."""
        await telling.tell(claim, telling.started(claim))
        live = Live(claim, Draft(claim.text), Draft(claim.reasoning), shown=len(claim.text))
        self._ledger.join(live)
        try:
            ending = await self._ending(live, admitted)
        finally:
            await self._ledger.leave(live)
        if ending is None:
            return
        endpoint = self._model.endpoint
        ending = replace(
            ending, continues=endpoint.dialect.continues, model=endpoint.model, price=endpoint.price
        )
        told = await self._surely(endings.end, claim, ending, timezone.now())
        for frame in told or ():
            await telling.tell(claim, frame)
        if self._means.factor.is_news:
            await self._surely(self._means.factor.keep)

    async def _ending(self, live: Live, admitted: Pass) -> Ending | None:
        """How the turn ends; None where it is not for us to end it."""
        spoken, began = Spoken(), time.monotonic()
        endpoint = self._model.endpoint
        if live.claim.tries >= MOST_TRIES or (has_gained(live) and not endpoint.dialect.continues):
            return _ended(live, spoken, error=errors.BrokenStream.code)

        speaking = asyncio.create_task(speak(live, spoken, admitted, self._means))
        either: set[asyncio.Future[Any]] = {speaking, live.interrupted}
        left = max(0.0, endpoint.whole_reply_within - live.claim.spent)
        await asyncio.wait(either, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        spent = time.monotonic() - began
        if not speaking.done():
            speaking.cancel()
            await asyncio.gather(speaking, return_exceptions=True)
            if not live.interrupted.done():
                return _ended(live, spoken, error=errors.TooSlow.code)
            if live.interrupted.result() is Interruption.LEAVING:
                await self._ledger.flush(live)
                await self._surely(claims.release, live.claim, wake_at=None, failed=False, spent=spent)
            return None
        try:
            speaking.result()
        except errors.ProviderError as error:
            return await self._failed(live, spoken, error, admitted, spent)
        return _ended(live, spoken, reason="length" if spoken.finish == "length" else "stop")

    async def _failed(
        self, live: Live, spoken: Spoken, error: errors.ProviderError, admitted: Pass, spent: float
    ) -> Ending | None:
        """Gives the turn back until it is to be tried again; its ending where that is of no use."""
        logger.warning("Turn %s: %s %s", live.claim.turn, error.code, error)
        if isinstance(error, errors.RateLimited):
            admitted.refused(error)
        vain = live.draft.text == live.claim.text
        if not isinstance(error, errors.Passing) or live.claim.tries + int(vain) >= MOST_TRIES:
            return _ended(live, spoken, error=error.code)
        if has_gained(live) and not self._model.endpoint.dialect.continues:
            return _ended(live, spoken, error=error.code)
        pause = self._pause(error, live.claim.tries if vain else 0)
        if pause > LONGEST_WAIT:
            return _ended(live, spoken, error=error.code)
        await self._ledger.flush(live)
        # At the account's limit the door is closed to all: who was refused keeps his place in the line.
        limited = isinstance(error, errors.RateLimited)
        wake_at = None if limited else await self._surely(clock.now) + timedelta(seconds=pause)
        await self._surely(claims.release, live.claim, wake_at=wake_at, failed=vain, spent=spent)
        return None

    async def _surely(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Does it however often the database fails: what it is told once is not said again."""
        while True:
            try:
                return await self._work(function, *args, **kwargs)
            except Error:
                logger.exception("A turn could not be given up; it is tried again.")
                await asyncio.sleep(AGAIN_AFTER)


def _ended(live: Live, spoken: Spoken, *, reason: events.Reason | None = None, error: str = "") -> Ending:
    return Ending(
        text=live.draft.text,
        reasoning=live.reasoning.text,
        gained=has_gained(live),
        reason=reason,
        error=error,
        window_start=spoken.window_start,
        usage=asdict(spoken.usage) if spoken.usage else None,
        first_text_after=spoken.first_text_after,
    )
