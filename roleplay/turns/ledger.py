"""The one writer of text that streams: saves all dirty drafts of its process in one statement, then publishes.

What a browser is told is already committed. A save that fails keeps its drafts and publishes nothing.
"""

from __future__ import annotations

import asyncio
import enum
import logging
from contextlib import suppress
from dataclasses import dataclass, field

from roleplay.turns import clock, progress, telling
from roleplay.turns.claims import Claim
from roleplay.turns.draft import Draft
from roleplay.turns.thread import DatabaseThread

logger = logging.getLogger(__name__)

SAVE_EVERY = 0.1  # seconds
RENEW_EVERY = 1.0  # seconds
BUSY = 2.0  # seconds that a save waits for another writer


class Interruption(enum.Enum):
    """Why a turn is taken from its runner."""

    LOST = "another owner has it, or it was stopped"
    LEAVING = "the process ends"


@dataclass(eq=False)
class Live:
    """A turn of this process while it is written. `shown`: code points that browsers were told."""

    claim: Claim
    draft: Draft
    reasoning: Draft = field(default_factory=Draft)
    shown: int = 0
    dirty: bool = False
    interrupted: asyncio.Future[Interruption] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def interrupt(self, why: Interruption) -> None:
        if not self.interrupted.done():
            self.interrupted.set_result(why)


class Ledger:
    """One for each event loop. Its thread and connection are its own, so that no page's query delays it."""

    def __init__(self) -> None:
        self._thread = DatabaseThread("ledger", busy=BUSY)
        self._live: set[Live] = set()
        self._dirty = asyncio.Event()
        self._first = asyncio.Event()  # somebody waits for the first words
        self._renew = asyncio.Event()
        self._saving = asyncio.Lock()
        self._leaving = False
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._save_always()), asyncio.create_task(self._renew_always())]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._thread.close()

    def join(self, live: Live) -> None:
        self._live.add(live)
        if self._leaving:
            live.interrupt(Interruption.LEAVING)

    async def flush(self, live: Live) -> None:
        """Saves what the draft has now."""
        async with self._saving:
            await self._save([live] if live.dirty else [])

    async def leave(self, live: Live) -> None:
        """After this nothing of it is saved or published any more: the end of the turn writes the rest."""
        self._live.discard(live)
        async with self._saving:
            live.dirty = False

    def changed(self, live: Live) -> None:
        live.dirty = True
        self._dirty.set()
        if live.shown == len(live.claim.text):
            self._first.set()

    def look(self) -> None:
        """A hint that a turn may have been stopped."""
        self._renew.set()

    def leave_all(self) -> None:
        """The process ends: takes every turn from its runner, those that join later too."""
        self._leaving = True
        for live in self._live:
            live.interrupt(Interruption.LEAVING)

    async def _save_always(self) -> None:
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            self._first.clear()
            async with self._saving:
                await self._save([live for live in self._live if live.dirty])
            with suppress(TimeoutError):
                async with asyncio.timeout(SAVE_EVERY):
                    await self._first.wait()

    async def _save(self, dirty: list[Live]) -> None:
        if not dirty:
            return
        saved_texts = {live: live.draft.text for live in dirty}
        for live in dirty:
            live.dirty = False
        rows = [
            progress.Progress(live.claim.turn, live.claim.generation, text, live.reasoning.text)
            for live, text in saved_texts.items()
        ]
        try:
            ours = await self._thread(progress.save, rows, await self._thread(clock.now))
        except Exception:  # whatever it was: the writer of all replies goes on
            logger.exception("A save of %s replies failed; it is tried again.", len(rows))
            for live in dirty:
                live.dirty = True
            self._dirty.set()
            return
        for live, text in saved_texts.items():
            if live.claim.turn in ours:
                await self._publish(live, text)
            else:
                live.interrupt(Interruption.LOST)

    async def _publish(self, live: Live, text: str) -> None:
        offset, live.shown = live.shown, len(text)
        if live.shown > offset:
            await telling.tell(live.claim, telling.grown(live.claim, offset, text[offset:]))

    async def _renew_always(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(RENEW_EVERY):
                    await self._renew.wait()
            self._renew.clear()
            # Only the turns that are asked about are judged: one that joins meanwhile is not lost.
            asked = list(self._live)
            if not asked:
                continue
            held = [(live.claim.turn, live.claim.generation) for live in asked]
            try:
                ours = await self._thread(progress.renew, held, await self._thread(clock.now))
            except Exception:  # as above
                logger.exception("The leases of %s replies were not renewed; it is tried again.", len(held))
                continue
            for live in asked:
                if live.claim.turn not in ours:
                    live.interrupt(Interruption.LOST)
