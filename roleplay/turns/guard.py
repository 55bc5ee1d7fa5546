"""PURE: what of a reply may be saved while it is written, and where it breaks its character.

What may still become a break is held until it is known. Nothing that was passed is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from roleplay.prompt.checks import GUARDING, Check, Checks, may_not_say
from roleplay.prompt.patterns import Pattern, is_pattern, usable
from roleplay.prompt.phrases import Phrases, phrases
from roleplay.prompt.speakers import Speakers
from roleplay.turns.draft import Door
from roleplay.turns.watches import (
    Broken,
    Headings,
    SaidPatterns,
    SaidPhrases,
    Watch,
    clause_end,
    sentence_start,
)

MOST_CUTS = 2  # of one turn; after that its text is let through


@dataclass(frozen=True)
class Rules:
    """What a guard looks for, made ready once for a turn. `phrases` are numbered as their `checks` are."""

    phrases: Phrases
    checks: tuple[Check, ...]
    patterns: tuple[tuple[Check, Pattern], ...]
    speakers: Speakers

    @classmethod
    def of(cls, checks: Checks, *, names: Iterable[str], user: str) -> Rules:
        """Those of a character's checks that guard. `names` are its own, `user` is whom it talks with."""
        guarding = set(GUARDING) - checks.reports_only
        said = [(check, words) for check, words in may_not_say(checks) if check in guarding]
        plainly = [(check, words) for check, words in said if not is_pattern(words)]
        patterns = ((check, usable(words)) for check, words in said if is_pattern(words))
        return cls(
            phrases(tuple(words for _, words in plainly)),
            tuple(check for check, _ in plainly),
            tuple((check, pattern) for check, pattern in patterns if pattern),
            Speakers.named(
                frozenset(names),
                user if "users_lines" in guarding else "",
                others="other_name" not in guarding,
                surely=True,
            ),
        )


class Cut(NamedTuple):
    """Why a reply was cut: by which words, how their sentence had begun, and what of the stream was left out."""

    check: Check
    words: str
    begun: str
    left_out: str


class Passed(NamedTuple):
    """What may be saved. Where a cut follows, nothing more is to be added."""

    text: str
    cut: Cut | None = None


class Guard:
    """Watches one stream, which goes on from what was `said` of the reply before."""

    def __init__(self, rules: Rules, said: str = "") -> None:
        self._watches: list[Watch] = [
            SaidPhrases(rules.phrases, rules.checks, said),
            Headings(rules.speakers, said),
            *([SaidPatterns(rules.patterns, said)] if rules.patterns else []),
        ]
        self._door = Door()
        self._text = said
        self._passed = len(said)

    def add(self, piece: str) -> Passed:
        broken = self._read(self._door.add(piece))
        return self._cut(broken) if broken else self._pass(min(watch.held for watch in self._watches))

    def flush(self) -> Passed:
        """The stream has ended well, and the reply with it."""
        held = min(watch.held for watch in self._watches)
        broken = self._new(broken for watch in self._watches for broken in watch.end())
        return self._cut(broken, held) if broken else self._pass(len(self._text))

    def _read(self, text: str) -> list[Broken]:
        self._text += text
        return self._new(broken for watch in self._watches for broken in watch.add(text))

    def _new(self, found: Iterable[Broken]) -> list[Broken]:
        """Without what was said before."""
        return [broken for broken in found if broken.end > self._passed]

    def _pass(self, until: int) -> Passed:
        passed = self._text[self._passed : max(until, self._passed)]
        self._passed += len(passed)
        return Passed(passed)

    def _cut(self, found: list[Broken], held: int | None = None) -> Passed:
        """Up to the end of the last clause that may be saved; nowhere within what was."""
        broken = min(found, key=lambda each: (each.start, each.end))
        at = min(
            broken.start, *(watch.held for watch in self._watches), len(self._text) if held is None else held
        )
        until = self._passed
        while (end := clause_end(self._text, until)) is not None and end <= at:
            until = end
        passed = self._pass(until)
        return Passed(
            passed.text,
            Cut(
                broken.check,
                self._text[broken.start : broken.end],
                self._text[sentence_start(self._text, until) : until],
                self._text[until:],
            ),
        )
