"""Where keys are looked for: the newest messages, and what entries that were found say themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from roleplay.prompt.lorebook.values import Entry, Hit
from roleplay.prompt.patterns import is_pattern, usable

MOST_WORK = 40_000_000  # code points that are looked through for one prompt, whatever the books
MATCHER = "\x01"
_JOINER = "\n" + MATCHER
_PATTERN_COSTS, _WORDS_COST = 8, 8  # as much as so many plain searches


class TooMuch(Exception):
    """The books ask for more than may be looked through."""


@dataclass(frozen=True)
class Spoken:
    """A message as it is scanned: `Name: text`."""

    text: str
    depth: int


@dataclass
class Scan:
    """`spoken` is newest first; `others` are texts by the name under which an entry asks for them. `expand` replaces
    the macros of a key.
    """

    spoken: Sequence[Spoken]
    others: Mapping[str, str] = field(default_factory=dict)
    expand: Callable[[str], str] = str
    _recursion: list[str] = field(default_factory=list)
    _texts: dict[tuple[object, ...], str] = field(default_factory=dict)
    _work: int = 0

    def brought_in(self, texts: Sequence[str]) -> None:
        """What entries of the last round say is scanned from now on."""
        self._recursion.extend(texts)
        self._texts.clear()

    def first(self, entry: Entry, keys: Sequence[str], depth: int, *, recursive: bool) -> Hit | None:
        """The first of the keys that is found. Raises TooMuch."""
        for written in keys:
            if words := self._words(entry, written, depth, recursive=recursive):
                return Hit(written, words, self._where(entry, written, depth))
        return None

    def number(self, entry: Entry, keys: Sequence[str], depth: int, *, recursive: bool) -> int:
        """How many of the keys are found. Raises TooMuch."""
        return sum(self._words(entry, written, depth, recursive=recursive) is not None for written in keys)

    def _words(self, entry: Entry, written: str, depth: int, *, recursive: bool) -> str | None:
        key = self.expand(written).strip()
        if not key:
            return None
        return self._match(entry, key, self._text(entry, depth, recursive=recursive))

    def _where(self, entry: Entry, written: str, depth: int) -> int | None:
        key = self.expand(written).strip()
        places = (each.depth for each in self.spoken[:depth] if self._match(entry, key, each.text))
        return next(places, None)

    def _match(self, entry: Entry, key: str, text: str) -> str | None:
        if is_pattern(key):
            self._spend(_PATTERN_COSTS * len(text))
            made = usable(key)
            return made.search(text) or None if made else None
        folded = (text, key) if entry.case_sensitive else (self._lower(text), key.lower())
        self._spend(len(text))
        at = folded[0].find(folded[1])
        if at < 0:
            return None
        if entry.whole_words and len(key.split()) == 1:
            self._spend(_WORDS_COST * len(text))
            alone = _alone(folded[1]).search(folded[0])
            if alone is None:
                return None
            at = alone.start(1)
        found = text[at : at + len(key)] if len(folded[0]) == len(text) else key
        return found

    def _lower(self, text: str) -> str:
        known = self._texts.get((text,))
        if known is None:
            known = self._texts[text,] = text.lower()
        return known

    def _text(self, entry: Entry, depth: int, *, recursive: bool) -> str:
        wanted = (depth, entry.also_scans, recursive)
        if wanted not in self._texts:
            parts = [_JOINER.join(each.text for each in self.spoken[:depth])]
            parts += [self.others[name] for name in entry.also_scans if self.others.get(name)]
            parts += self._recursion if recursive else []
            self._texts[wanted] = MATCHER + _JOINER.join(parts)
        return self._texts[wanted]

    def _spend(self, work: int) -> None:
        self._work += work
        if self._work > MOST_WORK:
            raise TooMuch


@lru_cache(maxsize=4096)
def _alone(key: str) -> re.Pattern[str]:
    """The key with no letter of the Latin alphabet, number or `_` beside it, as JavaScript's `\\W` has it."""
    return re.compile(rf"(?:^|[^A-Za-z0-9_])({re.escape(key)})(?:$|[^A-Za-z0-9_])")
