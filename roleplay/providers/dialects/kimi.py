"""Kimi (Moonshot): Partial Mode. The last message is the assistant's, with `partial: true` and the
character's name; the reply goes on from its content and does not repeat it.

Source: the provider's documents on Partial Mode, chat completions and the live models.
"""

from __future__ import annotations

from typing import Any

from roleplay.prompt.text import clean_name
from roleplay.prompt.values import Prompt
from roleplay.providers.dialects.messages import message
from roleplay.providers.dialects.values import Dialect, Request, Wish


def request(prompt: Prompt, wish: Wish) -> Request:
    """No sampling parameters: each live model fixes its own, and any other value is refused."""
    partial: dict[str, Any] = {"role": "assistant", "content": prompt.text.rstrip(), "partial": True}
    if name := clean_name(prompt.name):
        partial["name"] = name
    if prompt.reasoning and prompt.text:
        partial["reasoning_content"] = prompt.reasoning
    return Request(
        messages=(*(message(block) for block in prompt.blocks), partial),
        options={
            "model": wish.model,
            "max_completion_tokens": wish.reply_tokens,
            "stream": True,
            "stream_options": {"include_usage": True},
            "safety_identifier": wish.user,
        },
        extra_body={} if thinks(wish.model) else {"thinking": {"type": "disabled"}},
    )


def thinks(model: str) -> bool:
    """Whether reasoning comes first. Where it can be turned off, it is: nothing hidden eats the room for the reply."""
    return model.startswith("kimi-k3")


DIALECT = Dialect(request=request, thinks=thinks)
