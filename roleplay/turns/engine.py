"""Starts and stops the ledger, the sweep and the running turns: one engine for each event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from django.utils import timezone

from roleplay.turns import claims
from roleplay.turns.claims import Claim
from roleplay.turns.ledger import Ledger
from roleplay.turns.runner import Pause, Runner, growing_pause
from roleplay.turns.thread import DatabaseThread

if TYPE_CHECKING:
    from roleplay.providers.client import Client

logger = logging.getLogger(__name__)

SWEEP_EVERY = 1.0  # seconds

_engines: WeakKeyDictionary[asyncio.AbstractEventLoop, Engine] = WeakKeyDictionary()


def wake() -> None:
    """A hint to this process that rows have changed: a turn waits, or a stop is asked for. It may be lost."""
    if engine := _engines.get(asyncio.get_running_loop()):
        engine.look()


class Engine:
    """`open_client` is awaited once, at the start; turns wait for it."""

    def __init__(self, open_client: Callable[[], Awaitable[Client]], *, pause: Pause = growing_pause) -> None:
        self._open_client = open_client
        self._pause = pause
        self._ledger = Ledger()
        self._work = DatabaseThread("engine")
        self._turns: set[asyncio.Task[bool]] = set()
        self._look = asyncio.Event()
        self._leaving = False
        self._sweeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Takes up every open turn as an orphan: this process is the only owner."""
        _engines[asyncio.get_running_loop()] = self
        self._ledger.start()
        self._sweeping = asyncio.create_task(self._sweep())

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

    async def _sweep(self) -> None:
        client = runner = None
        orphans = True
        while not self._leaving:
            self._look.clear()
            try:
                client = client or await self._open_client()
                runner = runner or Runner(client, self._ledger, self._work, self._pause)
                for claim in await self._work(claims.claim_due, timezone.now(), orphans=orphans):
                    self._run(runner, claim)
                orphans = False
            except Exception:  # whatever it was: the next look may find it mended
                logger.exception("Open turns could not be taken up; it is tried again.")
            with suppress(TimeoutError):
                async with asyncio.timeout(SWEEP_EVERY):
                    await self._look.wait()
        if self._turns:
            await asyncio.wait(self._turns)
        if client:
            await client.close()

    def _run(self, runner: Runner, claim: Claim) -> None:
        task = asyncio.create_task(runner.run(claim))
        self._turns.add(task)
        task.add_done_callback(self._ran)

    def _ran(self, task: asyncio.Task[bool]) -> None:
        """A turn that ended by a fault of ours keeps its row: its lease runs out, and it is claimed again."""
        self._turns.discard(task)
        if error := task.exception():
            logger.error("A turn was left.", exc_info=error)
        elif task.result():
            self.look()
