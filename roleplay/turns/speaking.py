"""What the model says of one reply, streamed into its draft."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Protocol

from roleplay.conversations.models import TurnKind
from roleplay.prompt.budget import tokens
from roleplay.providers import errors
from roleplay.providers.dialects.values import Request, Wish
from roleplay.providers.echo import Echo
from roleplay.providers.endpoints import Endpoint
from roleplay.providers.sse import Delta, Usage
from roleplay.turns import prompts
from roleplay.turns.admission import Pass
from roleplay.turns.draft import Draft
from roleplay.turns.factor import Factor
from roleplay.turns.guard import Cut, Guard, Passed
from roleplay.turns.ledger import Ledger, Live
from roleplay.turns.prompts import Told
from roleplay.turns.thread import DatabaseThread

MOST_CONTINUATIONS = 4  # of a reply that was cut by its length


class Model(Protocol):
    """What a reply needs of a model client."""

    endpoint: Endpoint

    def stream(self, request: Request) -> AsyncGenerator[Delta, None]: ...


@dataclass(frozen=True)
class Means:
    """What the replies of an engine have in common. `work` is its thread for claims, scenes and ends."""

    model: Model
    ledger: Ledger
    work: DatabaseThread
    factor: Factor


@dataclass
class Spoken:
    """What is known of a reply besides its text."""

    finish: str = ""
    window_start: int = 0
    began: float = field(default_factory=time.monotonic)
    first_text_after: float | None = None  # seconds
    usage: Usage | None = None


def has_gained(live: Live) -> bool:
    """Whether the reply has more than what it was to begin with."""
    return live.draft.text not in ("", live.claim.prefix)


async def speak(live: Live, spoken: Spoken, admitted: Pass, means: Means) -> None:
    """Streams the reply into the draft, and goes on by itself where its length or its guard cut it. Raises
    ProviderError.
    """
    model = means.model
    half = False
    told = await means.work(prompts.prepare, live.claim, means.factor)

    async def ask(*, last: bool = False) -> None:
        nonlocal told
        while True:
            spoken.window_start = told.prompt.window_start
            vain = told.tokens_with(live.draft.text)
            cut = await _stream(live, spoken, admitted, means, told, last=last)
            if cut is None:
                return
            # Kept before it goes on: whoever takes the reply up from here is told it too.
            place = len(live.draft.text)
            await means.work(prompts.keep_cut, live.claim, cut, place=place, told=vain)
            told = await means.work(prompts.prepare, live.claim, means.factor, half=half)
            await admitted.further()

    try:
        await ask()
    except errors.TooLong:
        # Once, with half the messages: the estimate of tokens may be short.
        half = True
        told = await means.work(prompts.prepare, live.claim, means.factor, half=half)
        await admitted.further()
        await ask()
    for left in reversed(range(MOST_CONTINUATIONS if model.endpoint.dialect.continues else 0)):
        before = live.draft.text
        if spoken.finish != "length":
            break
        await admitted.further()
        await ask(last=left == 0)
        if live.draft.text == before:
            break
    nothing_to_add = live.claim.kind == TurnKind.CONTINUE and spoken.finish == "stop"
    if not has_gained(live) and not nothing_to_add:
        raise errors.NoRoom if spoken.finish == "length" else errors.EmptyReply


async def _stream(
    live: Live, spoken: Spoken, admitted: Pass, means: Means, told: Told, *, last: bool
) -> Cut | None:
    """One request, up to where the guard cuts it. What is held back at its end is dropped, unless it is the `last`: a
    continuation says it again.
    """
    model = means.model
    endpoint = model.endpoint
    if not has_gained(live):
        live.reasoning = Draft()  # cut inside its thinking: it is asked anew
    prompt = replace(told.prompt, text=live.draft.text, reasoning=live.reasoning.text)
    wish = Wish(model=endpoint.model, reply_tokens=endpoint.reply_tokens, user=told.user)
    echo = Echo(prompt.text, sure=endpoint.dialect.repeats)
    guard = Guard(told.rules, prompt.text) if told.rules and endpoint.dialect.continues else None
    spoken.finish, usage = "", None

    def grow(passed: Passed) -> Cut | None:
        if live.draft.add(passed.text):
            means.ledger.changed(live)
            if spoken.first_text_after is None:
                spoken.first_text_after = time.monotonic() - spoken.began
        return passed.cut

    try:
        async with aclosing(model.stream(endpoint.dialect.request(prompt, wish))) as deltas:
            async for delta in deltas:
                admitted.let_in()
                spoken.finish = delta.finish or spoken.finish
                usage = delta.usage or usage
                live.reasoning.add(delta.reasoning)
                if delta.text:
                    text = echo.add(delta.text)
                    if cut := grow(guard.add(text) if guard else Passed(text)):
                        return cut
        if cut := grow(guard.add(echo.end()) if guard else Passed(echo.end())):
            return cut
        # Where the length ended it, the words that are held are said again; but not for ever.
        over = last or spoken.finish != "length" or live.draft.text == prompt.text
        if guard and over and (cut := grow(guard.flush())):
            return cut
        if usage:
            means.factor.learn(prompt.tokens + tokens(prompt.text), usage.prompt)
    finally:
        spoken.usage = (spoken.usage or Usage(0, 0)) + usage if usage else spoken.usage
        live.draft.cut()
        live.reasoning.cut()
    return None
