"""Whose turn it is, in words: for models that are not told so by a partial message."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.prompt.text import clean_name
from roleplay.prompt.values import Prompt


@dataclass(frozen=True)
class _Words:
    turn: str
    beginning: str


_ENGLISH = _Words(
    turn="Write the next reply of %s, and nothing else.",
    beginning="The reply begins with this text, word for word, and goes on from where it ends:\n\n%s",
)
_CHINESE = _Words(
    turn="只写%s的下一段回复，别的都不写。",
    beginning="回复以下面的文字开头，一字不差，并从它结束的地方写下去：\n\n%s",
)


def whose_turn(prompt: Prompt) -> str:
    """Who is to reply, in the language of the conversation; nothing where nobody in particular is."""
    return _words(prompt).turn % clean_name(prompt.name) if prompt.name else ""


def how_it_begins(prompt: Prompt) -> str:
    """With which text the reply begins; nothing where it has none yet."""
    text = prompt.text.rstrip()
    return _words(prompt).beginning % text if text else ""


def _words(prompt: Prompt) -> _Words:
    return _CHINESE if prompt.language == "zh" else _ENGLISH
