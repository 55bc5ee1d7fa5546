"""PURE: what is asked of a draft: its keys, its language, the premise, and what is written already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from roleplay.prompt.text import clean
from roleplay.providers.demo.request import Message

MOST = 50  # texts or pairs in a list
_LONGEST = 4000  # code points of a premise that are read

_ANNOUNCED = "one JSON object"
_KEY = re.compile(
    r'^"(\w+)" \((?:(?P<text>text)|(?P<texts>\d+) texts?|(?P<pairs>\d+) pairs? "(?P<first>\w+)", "(?P<second>\w+)"'
    r"|(?P<number>number)|(?P<truth>true or false))\): ",
    re.MULTILINE,
)
_PREMISE = "Premise:"
_WRITTEN = "\n\nWritten so far:\n"

Kind = Literal["text", "texts", "pairs", "number", "truth"]


@dataclass(frozen=True)
class Key:
    """`number` is how many texts or pairs there are to be, `names` what the two halves of a pair are called."""

    name: str
    kind: Kind
    number: int = 1
    names: tuple[str, str] = ("when", "then")


@dataclass(frozen=True, kw_only=True)
class Brief:
    keys: tuple[Key, ...]
    chinese: bool = False
    premise: str = ""
    written: dict[str, Any] = field(default_factory=dict)

    def said(self, key: str) -> str:
        """The text that is written under a key, or ""."""
        value = self.written.get(key)
        return value.strip() if isinstance(value, str) else ""

    def listed(self, key: str) -> tuple[str, ...]:
        """The texts that are written under a key, one a line or in a list."""
        value = self.written.get(key)
        texts = value.splitlines() if isinstance(value, str) else value if isinstance(value, list) else []
        return tuple(text.strip() for text in texts if isinstance(text, str) and text.strip())


def read(messages: Sequence[Message]) -> Brief | None:
    """None where no draft is asked for."""
    system = next((message.text for message in messages if message.role == "system"), "")
    keys = tuple(_key(match) for match in _KEY.finditer(system))
    if _ANNOUNCED not in system or not keys:
        return None
    told = next((message.text for message in reversed(messages) if message.role == "user"), "")
    premise, written = _parts(told)
    return Brief(
        keys=keys,
        chinese="Write in Chinese" in system,
        premise=clean(premise.strip().removeprefix(_PREMISE))[:_LONGEST].strip(),
        written=written,
    )


def _key(match: re.Match[str]) -> Key:
    name = match[1]
    if match["texts"]:
        return Key(name, "texts", min(int(match["texts"]), MOST))
    if match["pairs"]:
        return Key(name, "pairs", min(int(match["pairs"]), MOST), (match["first"], match["second"]))
    return Key(name, "text" if match["text"] else "number" if match["number"] else "truth")


def _parts(told: str) -> tuple[str, dict[str, Any]]:
    """The premise, and what is written; a premise that only looks as if something followed is a premise."""
    premise, _, written = told.rpartition(_WRITTEN)
    try:
        values = orjson.loads(written)
    except orjson.JSONDecodeError:
        return told, {}
    return (premise, values) if isinstance(values, dict) else (told, {})
