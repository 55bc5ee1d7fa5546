"""Starts and stops the ledger, the sweep and the running turns: one engine for each event loop."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID
from weakref import WeakKeyDictionary

from roleplay.turns import claims, clock, telling
from roleplay.turns.admission import A_MINUTE, Admission, Pass
from roleplay.turns.claims import Claim
from roleplay.turns.ledger import Ledger
from roleplay.turns.pauses import Pause, growing
from roleplay.turns.runner import Runner
from roleplay.turns.thread import DatabaseThread

if TYPE_CHECKING:
    from roleplay.providers.client import Client
    from roleplay.providers.endpoints import Endpoint

logger = logging.getLogger(__name__)

SWEEP_EVERY = 1.0  # seconds

_engines: WeakKeyDictionary[asyncio.AbstractEventLoop, Engine] = WeakKeyDictionary()


def wake() -> None:
    """A hint to this process that rows have changed: a turn waits, or a stop is asked for. It may be lost."""
    if engine := _engines.get(asyncio.get_running_loop()):
        engine.look()


class Engine:
    """`open_client` is awaited once, at the start; turns wait for it.

    `alone`: no other process writes to this database, so that every turn that runs at the start is an orphan.
    """

    def __init__(
        self,
        open_client: Callable[[], Awaitable[Client]],
        *,
        alone: bool = True,
        pause: Pause = growing,
        minute: float = A_MINUTE,
    ) -> None:
        self._open_client = open_client
        self._alone = alone
        self._pause = pause
        self._minute = minute
        self._ledger = Ledger()
        self._work = DatabaseThread("engine")
        self._turns: dict[asyncio.Task[None], UUID] = {}
        self._look = asyncio.Event()
        self._leaving = False
        self._sweeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        _engines[asyncio.get_running_loop()] = self
        self._ledger.start()
        self._sweeping = asyncio.create_task(self._sweep_always())

    async def stop(self) -> None:
        """Saves what was said, gives the leases back, and leaves nothing running."""
        _engines.pop(asyncio.get_running_loop(), None)
        self._leaving = True
        self.look()
        self._ledger.leave_all()
        if self._sweeping:
            await self._sweeping
        await self._ledger.stop()
        await self._work.close()

    def look(self) -> None:
        self._look.set()
        self._ledger.look()

    async def _sweep_always(self) -> None:
        client = runner = admission = None
        orphans = self._alone
        while not self._leaving:
            self._look.clear()
            try:
                client = client or await self._open_client()
                admission = admission or self._admission_to(client.endpoint)
                runner = runner or Runner(client, self._ledger, self._work, self._pause)
                await self._sweep(runner, admission, orphans)
                orphans = False
            except Exception:  # whatever it was: the next look may find it mended
                logger.exception("Open turns could not be taken up; it is tried again.")
            with suppress(TimeoutError):
                async with asyncio.timeout(
                    min(SWEEP_EVERY, admission.opens_in() if admission else SWEEP_EVERY)
                ):
                    await self._look.wait()
        if self._turns:
            await asyncio.wait(self._turns)
        if client:
            await client.close()

    def _admission_to(self, endpoint: Endpoint) -> Admission:
        return Admission(
            at_once=endpoint.at_once,
            a_minute=endpoint.a_minute,
            pause=self._pause,
            now=time.monotonic,
            minute=self._minute,
        )

    async def _sweep(self, runner: Runner, admission: Admission, orphans: bool) -> None:
        """Takes up what may be taken up now, and tells the others their place in the line."""
        now = await self._work(clock.now)
        mine = set(self._turns.values())  # after a stall of the database too
        swept = await self._work(claims.claim_due, now, room=admission.room(), orphans=orphans, but=mine)
        for claim in swept.claims:
            self._run(runner, claim, admission.admit())
        for each in swept.moved:
            await telling.tell(each, telling.stands(each))

    def _run(self, runner: Runner, claim: Claim, admitted: Pass) -> None:
        task = asyncio.create_task(runner.run(claim, admitted))
        self._turns[task] = claim.turn
        task.add_done_callback(partial(self._ran, admitted))

    def _ran(self, admitted: Pass, task: asyncio.Task[None]) -> None:
        """A turn that ended by a fault of ours keeps its row: its lease runs out, and it is claimed again."""
        admitted.leave()
        self._turns.pop(task, None)
        if not task.cancelled() and (error := task.exception()):
            logger.error("A turn was left.", exc_info=error)
        # Its end may have begun another turn, and has made room for one that waits.
        self._look.set()
