"""One turn: scene -> prompt -> dialect -> stream -> draft. How it ends is decided here, and written by `endings`."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any, Protocol

from django.utils import timezone

from roleplay.conversations import events
from roleplay.conversations.publish import publish
from roleplay.prompt.assemble import assemble
from roleplay.prompt.values import Prompt
from roleplay.providers import errors
from roleplay.providers.dialects.values import Request, Wish
from roleplay.providers.endpoints import Endpoint
from roleplay.providers.sse import Delta, Usage
from roleplay.turns import claims, endings, scenes
from roleplay.turns.claims import Claim
from roleplay.turns.draft import Draft
from roleplay.turns.endings import Ending
from roleplay.turns.ledger import Interruption, Ledger, Live
from roleplay.turns.thread import DatabaseThread

logger = logging.getLogger(__name__)

MOST_CONTINUATIONS = 4  # of a reply that was cut by its length
MOST_RESUMES = 5
LONGEST_PAUSE = 120.0  # seconds


Pause = Callable[[errors.Passing, int], float]


class Model(Protocol):
    """What the runner needs of a model client."""

    endpoint: Endpoint

    def stream(self, request: Request) -> AsyncGenerator[Delta, None]: ...


@dataclass
class _Spoken:
    """What is known of a reply besides its text."""

    finish: str = ""
    window_start: int = 0
    usage: Usage | None = None


def growing_pause(error: errors.Passing, resumes: int) -> float:
    """Seconds before a reply is tried again: doubled each time, jittered, and what the provider asks for at least."""
    pause: float = error.pause * 2**resumes * random.uniform(0.75, 1.25)
    return min(max(pause, error.retry_after or 0), LONGEST_PAUSE)


class Runner:
    """Runs claimed turns. `work` is the engine's database thread for claims, scenes and ends."""

    def __init__(
        self, model: Model, ledger: Ledger, work: DatabaseThread, pause: Pause = growing_pause
    ) -> None:
        self._model = model
        self._ledger = ledger
        self._work = work
        self._pause = pause

    async def run(self, claim: Claim) -> bool:
        """Writes the reply; whether a turn of the conversation may wait for an owner now."""
        await publish(
            claim.conversation,
            events.turn_started(claim.turn, claim.kind, claim.message, claim.generation),
        )
        live = Live(claim, Draft(claim.text), Draft(claim.reasoning), shown=len(claim.text))
        self._ledger.join(live)
        try:
            ending = await self._ending(live)
        finally:
            await self._ledger.leave(live)
        if ending is None:
            return True
        ended = await self._work(endings.end, claim, ending, timezone.now())
        if ended is None:
            return False
        for frame in ended.frames:
            await publish(claim.conversation, frame)
        return ended.next_begun

    async def _ending(self, live: Live) -> Ending | None:
        """How the turn ends; None where it is not for us to end it."""
        spoken = _Spoken()
        if live.claim.stop_requested:
            return _ended(live, spoken, reason="stopped")
        if live.claim.resumes > MOST_RESUMES:
            return _ended(live, spoken, error=errors.BrokenStream.code)

        speaking = asyncio.create_task(self._speak(live, spoken))
        either: set[asyncio.Future[Any]] = {speaking, live.interrupted}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not speaking.done():
            speaking.cancel()
            await asyncio.gather(speaking, return_exceptions=True)
            return await self._interrupted(live, spoken)
        try:
            speaking.result()
        except errors.ProviderError as error:
            return await self._failed(live, spoken, error)
        return _ended(live, spoken, reason="length" if spoken.finish == "length" else "stop")

    async def _speak(self, live: Live, spoken: _Spoken) -> None:
        """Streams the reply into the draft, and goes on by itself where its length cut it. Raises ProviderError."""
        loaded = await self._work(scenes.load, live.claim)
        prompt = assemble(loaded.scene)
        spoken.window_start = prompt.window_start
        try:
            await self._stream(live, spoken, prompt, loaded.user)
        except errors.TooLong:
            # Once, with half the messages: the estimate of tokens may be short.
            prompt = assemble(replace(loaded.scene, budget=loaded.scene.budget // 2))
            spoken.window_start = prompt.window_start
            await self._stream(live, spoken, prompt, loaded.user)
        for _ in range(MOST_CONTINUATIONS):
            if spoken.finish != "length":
                break
            before = live.draft.text
            await self._stream(live, spoken, prompt, loaded.user)
            if live.draft.text == before:
                break
        if not _gained(live):
            raise errors.NoRoom if spoken.finish == "length" else errors.EmptyReply

    async def _stream(self, live: Live, spoken: _Spoken, prompt: Prompt, user: str) -> None:
        endpoint = self._model.endpoint
        if not _gained(live):
            live.reasoning = Draft()  # cut inside its thinking: it is asked anew
        wish = Wish(model=endpoint.model, reply_tokens=endpoint.reply_tokens, user=user)
        request = endpoint.dialect.request(
            replace(prompt, text=live.draft.text, reasoning=live.reasoning.text), wish
        )
        spoken.finish, usage = "", None
        try:
            async with aclosing(self._model.stream(request)) as deltas:
                async for delta in deltas:
                    spoken.finish = delta.finish or spoken.finish
                    usage = delta.usage or usage
                    live.reasoning.add(delta.reasoning)
                    if delta.text and live.draft.add(delta.text):
                        self._ledger.changed(live)
        finally:
            spoken.usage = (spoken.usage or Usage(0, 0)) + usage if usage else spoken.usage
            live.draft.cut()
            live.reasoning.cut()

    async def _interrupted(self, live: Live, spoken: _Spoken) -> Ending | None:
        why = live.interrupted.result()
        if why is Interruption.STOP:
            return _ended(live, spoken, reason="stopped")
        if why is Interruption.LEAVING:
            await self._ledger.flush(live)
            await self._work(claims.release, live.claim, wake_at=None, failed=False)
        return None

    async def _failed(self, live: Live, spoken: _Spoken, error: errors.ProviderError) -> Ending | None:
        logger.warning("Reply %s: %s %s", live.claim.message, error.code, error)
        if not isinstance(error, errors.Passing) or live.claim.resumes >= MOST_RESUMES:
            return _ended(live, spoken, error=error.code)
        wake_at = timezone.now() + timedelta(seconds=self._pause(error, live.claim.resumes))
        await self._ledger.flush(live)
        await self._work(claims.release, live.claim, wake_at=wake_at, failed=True)
        return None


def _gained(live: Live) -> bool:
    """Whether the reply has more than what it was to begin with."""
    return live.draft.text not in ("", live.claim.prefix)


def _ended(live: Live, spoken: _Spoken, *, reason: events.Reason | None = None, error: str = "") -> Ending:
    return Ending(
        text=live.draft.text,
        reasoning=live.reasoning.text,
        gained=_gained(live),
        reason=reason,
        error=error,
        window_start=spoken.window_start,
        usage=asdict(spoken.usage) if spoken.usage else None,
    )
