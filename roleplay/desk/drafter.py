"""A draft as the model writes it: asked for, streamed, and mended where it breaks off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from roleplay.desk.drafting import OPENING, NoDraft, Value, drafted
from roleplay.prompt.values import Prompt
from roleplay.providers import errors
from roleplay.providers.dialects.values import Wish
from roleplay.providers.echo import Echo
from roleplay.providers.sse import Usage
from roleplay.turns.speaking import Model

MOST_REQUESTS = 3  # the first, and two that mend it
MOST_TOKENS = 4096  # of one answer
WITHIN = 300.0  # seconds, all in all


class Drafter:
    """`ask` makes the request that goes on from a text. `usage` is what the model counted."""

    def __init__(self, model: Model, ask: Callable[[str], Prompt], keys: list[str], *, user: str) -> None:
        self._model = model
        self._ask = ask
        self._keys = keys
        endpoint = model.endpoint
        self._wish = Wish(model=endpoint.model, reply_tokens=MOST_TOKENS, user=user)
        self._dialect = endpoint.dialect
        self.usage = Usage(0, 0)

    async def run(self) -> AsyncGenerator[int | dict[str, Value], None]:
        """How many code points are written, time and again, and at the end the draft, by field.

        What is cut or breaks off goes on from where it is; where the provider cannot do that, or the answer is no
        draft, it is asked for anew. Raises NoDraft where that does not help either, and ProviderError.
        """
        text = OPENING
        async with asyncio.timeout(WITHIN):
            for left in reversed(range(MOST_REQUESTS)):
                whole = False
                try:
                    async with aclosing(self._stream(text)) as pieces:
                        async for piece in pieces:
                            text += piece
                            yield len(text)
                    whole = True
                    yield drafted(text, self._keys)
                    return
                except NoDraft:
                    if not left:
                        raise
                except errors.Passing:
                    if not left:
                        raise
                cut = not whole or self._finish == "length"
                text = text.rstrip() if cut and self._dialect.continues else OPENING

    async def _stream(self, text: str) -> AsyncGenerator[str, None]:
        """What the answer adds to the text."""
        echo = Echo(text, sure=self._dialect.repeats)
        self._finish = ""
        request = self._dialect.request(self._ask(text), self._wish)
        async with aclosing(self._model.stream(request)) as deltas:
            async for delta in deltas:
                self._finish = delta.finish or self._finish
                if delta.usage:
                    self.usage += delta.usage
                if new := echo.add(delta.text) if delta.text else "":
                    yield new
        if held := echo.end():
            yield held
