"""The values that lore is found in and found as. The options are those of `characters.models.LoreEntry`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Source = Literal["conversation", "persona", "character", "everywhere"]
Why = Literal["constant", "key", "sticky", "decorator"]
LeftOut = Literal["budget", "book_budget", "probability", "group", "no_note", "work"]

SOURCES: tuple[Source, ...] = ("conversation", "persona", "character", "everywhere")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry as its author wrote it. `key` names it among all books of a scene."""

    key: str
    title: str = ""
    content: str = ""
    keys: tuple[str, ...] = ()
    enabled: bool = True
    constant: bool = False
    selective: bool = True
    secondary_keys: tuple[str, ...] = ()
    logic: str = "and_any"
    case_sensitive: bool | None = None
    whole_words: bool | None = None
    scan_depth: int | None = None
    also_scans: tuple[str, ...] = ()
    only_names: tuple[str, ...] = ()
    only_tags: tuple[str, ...] = ()
    only_others: bool = False
    order: int = 100
    place: str = "before"
    depth: int = 4
    role: Literal["system", "user", "assistant"] = "system"
    outlet: str = ""
    probability: int = 100
    group: str = ""
    group_override: bool = False
    group_weight: int = 100
    group_scoring: bool | None = None
    sticky: int = 0
    cooldown: int = 0
    delay: int = 0
    exclude_recursion: bool = False
    prevent_recursion: bool = False
    delay_until_recursion: bool = False
    ignore_budget: bool = False

    @property
    def name(self) -> str:
        """By which its readers know it."""
        return self.title or ", ".join(self.keys[:3])

    @cached_property
    def decorators(self) -> frozenset[str]:
        """The names of the lines that begin with `@@` at the top of the content."""
        return frozenset(line[2:].strip() for line in _decorated(self.content)[0])

    @property
    def told(self) -> str:
        """The content without its decorators."""
        return _decorated(self.content)[1]

    @cached_property
    def groups(self) -> tuple[str, ...]:
        return tuple(name for each in self.group.split(",") if (name := each.strip()))

    @cached_property
    def fixed(self) -> bool:
        """Whether it is told in every prompt of a conversation, whatever is said."""
        changes = (
            self.probability < 100,
            self.groups,
            self.sticky,
            self.cooldown,
            self.delay,
            self.delay_until_recursion,
            self.decorators,
        )
        return self.constant and not any(changes)

    @property
    def digest(self) -> str:
        """Changes with the entry."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def _decorated(content: str) -> tuple[list[str], str]:
    if not content.startswith("@@"):
        return [], content
    lines = content.split("\n")
    number = next((at for at, line in enumerate(lines) if not line.startswith("@@")), len(lines))
    return lines[:number], "\n".join(lines[number:])


@dataclass(frozen=True, kw_only=True)
class Book:
    """`scan_depth` in messages, `token_budget` in tokens; None: as the site has it. A `blind` one is a reader's who may
    not know the definition: nothing of it is brought in, nor looked through.
    """

    key: str
    title: str
    source: Source
    entries: tuple[Entry, ...]
    scan_depth: int | None = None
    token_budget: int | None = None
    recursive: bool = False
    blind: bool = False


@dataclass(frozen=True)
class Hit:
    """Which key was found, in which words; `depth` is that of the message, None where it was none."""

    key: str
    words: str
    depth: int | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """An entry that is told. `text` has its macros replaced."""

    entry: Entry
    book: str
    source: Source
    text: str
    tokens: int
    why: Why
    hit: Hit | None = None


@dataclass(frozen=True)
class Missed:
    """An entry that was found, and is not told."""

    title: str
    book: str
    source: Source
    why: LeftOut


@dataclass(frozen=True)
class Effect:
    """From message `start` until message `end`. `kept`: even where the conversation did not go on."""

    digest: str
    start: int
    end: int
    kept: bool = False


@dataclass(frozen=True)
class Timed:
    """What stays and what rests, by the entries' keys."""

    sticky: Mapping[str, Effect] = field(default_factory=dict)
    cooldown: Mapping[str, Effect] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.sticky or self.cooldown)

    def as_json(self) -> dict[str, dict[str, list[Any]]]:
        return {
            name: {key: [each.digest, each.start, each.end, each.kept] for key, each in effects.items()}
            for name, effects in (("sticky", self.sticky), ("cooldown", self.cooldown))
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Mapping[str, list[Any]]] | None) -> Timed:
        made = {
            name: {key: Effect(*each) for key, each in effects.items()}
            for name, effects in (kept or {}).items()
        }
        return cls(**made)


@dataclass(frozen=True, kw_only=True)
class Lore:
    """What the books say to a scene, by order: the lower stands earlier."""

    found: tuple[Found, ...] = ()
    missed: tuple[Missed, ...] = ()
    timed: Timed = Timed()
