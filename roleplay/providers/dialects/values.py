"""What a dialect is, and what it makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from roleplay.prompt.values import Prompt


@dataclass(frozen=True)
class Request:
    """The arguments of one call of `chat.completions.create`; `extra_body` has the provider's own keys."""

    messages: tuple[dict[str, Any], ...]
    options: dict[str, Any]
    extra_body: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked for besides the prompt. `user` identifies a user without telling who he is."""

    model: str
    reply_tokens: int
    user: str


@dataclass(frozen=True)
class Dialect:
    """One family of providers.

    `thinks` tells whether a model may reason before it answers, `continues` whether a reply can go on
    from its text so far, `repeats` whether the provider repeats that text at the head of its answer.
    """

    request: Callable[[Prompt, Wish], Request]
    thinks: Callable[[str], bool]
    continues: bool = True
    repeats: bool = False
