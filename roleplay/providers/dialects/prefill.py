"""Servers that continue a trailing assistant message: llama.cpp, Ollama, OpenRouter.

Behind OpenRouter some models repeat that message, others do not: it is recognised by what comes back.
While there is no text to continue, words say whose turn it is, since many refuse an empty message.
"""

from __future__ import annotations

from typing import Any

from roleplay.prompt.text import clean_name
from roleplay.prompt.values import Prompt
from roleplay.prompt.whose_turn import whose_turn
from roleplay.providers.dialects.messages import message
from roleplay.providers.dialects.values import Dialect, Request, Wish


def request(prompt: Prompt, wish: Wish) -> Request:
    """`max_tokens`, since not all of these servers know `max_completion_tokens`."""
    return Request(
        messages=(*(message(block) for block in prompt.blocks), _last(prompt)),
        options={
            "model": wish.model,
            "max_tokens": wish.reply_tokens,
            "stream": True,
            "stream_options": {"include_usage": True},
        },
        extra_body={},
    )


def thinks(model: str) -> bool:
    """Any model may run behind such a server, one that thinks too: none is hurried."""
    return True


def _last(prompt: Prompt) -> dict[str, Any]:
    text = prompt.text.rstrip()
    if not text:
        return {"role": "system", "content": whose_turn(prompt)}
    last: dict[str, Any] = {"role": "assistant", "content": text}
    if name := clean_name(prompt.name):
        last["name"] = name
    return last


DIALECT = Dialect(request=request, thinks=thinks)
