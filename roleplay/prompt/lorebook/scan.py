"""Where keys are looked for: the newest messages, and what entries that were found say themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from roleplay.prompt.lorebook.values import Entry, Hit
from roleplay.prompt.patterns import Pattern, is_pattern, usable
from roleplay.prompt.work import Work

MOST_WORK = 30_000_000
MATCHER = "\x01"
_JOINER = "\n" + MATCHER
_KEY_COSTS, _PATTERN_COSTS, _PLACE_COSTS = 1_000, 60_000, 200
OPEN = ("persona",)  # of the other texts: what is a reader's own
_SLOW = 8  # a pattern costs as much as so many plain searches
_BESIDE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")


@dataclass(frozen=True)
class Spoken:
    """A message as it is scanned: `Name: text`."""

    text: str
    depth: int


class Where(NamedTuple):
    """In how many of the newest messages, and whether in what was found, too. A `blind` search sees what is open to
    readers alone.
    """

    depth: int
    recursive: bool
    blind: bool


class _Key(NamedTuple):
    """A key with its macros replaced; `pattern` is None for words, and for a pattern that cannot be run."""

    text: str
    lower: str
    is_pattern: bool
    pattern: Pattern | None


@dataclass
class Scan:
    """`spoken` is newest first; `others` are texts by the name under which an entry asks for them. `expand` replaces
    the macros of a key. When `work` is over, nothing is found any more.
    """

    spoken: Sequence[Spoken]
    others: Mapping[str, str] = field(default_factory=dict)
    expand: Callable[[str], str] = str
    work: Work = field(default_factory=lambda: Work(MOST_WORK))
    _recursion: list[tuple[str, bool]] = field(default_factory=list)
    _texts: dict[tuple[object, ...], str] = field(default_factory=dict)
    _lower: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, _Key] = field(default_factory=dict)

    def brought_in(self, texts: Sequence[tuple[str, bool]]) -> None:
        """What entries of the last round say is scanned from now on; with each, whether its book is blind."""
        self._recursion.extend(texts)
        self._texts.clear()
        self._lower.clear()

    def first(self, entry: Entry, keys: Sequence[str], where: Where) -> Hit | None:
        """The first of the keys that is found."""
        text = self._text(entry, where)
        for written in keys:
            if words := self._match(entry, written, text):
                return Hit(written, words, self._message(entry, written, where.depth))
        return None

    def number(self, entry: Entry, keys: Sequence[str], where: Where) -> int:
        """How many of the keys are found."""
        text = self._text(entry, where)
        return sum(self._match(entry, written, text) is not None for written in keys)

    def _message(self, entry: Entry, written: str, depth: int) -> int | None:
        places = (each.depth for each in self.spoken[:depth] if self._match(entry, written, each.text))
        return next(places, None)

    def _match(self, entry: Entry, written: str, text: str) -> str | None:
        key = self._key(written)
        if not key.text or not self.work.spend(_KEY_COSTS + len(text) * (_SLOW if key.is_pattern else 1)):
            return None
        if key.is_pattern:
            return (key.pattern.search(text) or None) if key.pattern else None
        words, folded = (key.text, text) if entry.case_sensitive else (key.lower, self._folded(text))
        alone = entry.whole_words and len(words.split()) == 1
        at = self._alone(words, folded) if alone else folded.find(words)
        if at < 0:
            return None
        return text[at : at + len(words)] if len(folded) == len(text) else key.text

    def _alone(self, word: str, text: str) -> int:
        """Where the word has no letter of the Latin alphabet, number or `_` beside it, as JavaScript's `\\W` has it."""
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if text[max(0, at - 1) : at] not in _BESIDE and text[end : end + 1] not in _BESIDE:
                return at
            at = text.find(word, at + 1) if self.work.spend(_PLACE_COSTS) else -1
        return -1

    def _key(self, written: str) -> _Key:
        if written not in self._keys:
            text = self.expand(written).strip()
            regular = is_pattern(text)
            self.work.spend(_PATTERN_COSTS if regular else _KEY_COSTS)
            self._keys[written] = _Key(text, text.lower(), regular, usable(text) if regular else None)
        return self._keys[written]

    def _folded(self, text: str) -> str:
        if text not in self._lower:
            self.work.spend(len(text))
            self._lower[text] = text.lower()
        return self._lower[text]

    def _text(self, entry: Entry, where: Where) -> str:
        wanted = (where, entry.also_scans)
        if wanted not in self._texts:
            others = [name for name in entry.also_scans if not where.blind or name in OPEN]
            parts = [_JOINER.join(each.text for each in self.spoken[: where.depth])]
            parts += [self.others[name] for name in others if self.others.get(name)]
            if where.recursive:
                parts += [text for text, blind in self._recursion if blind or not where.blind]
            self.work.spend(sum(map(len, parts)))
            self._texts[wanted] = MATCHER + _JOINER.join(parts)
        return self._texts[wanted]
