"""PURE: replies in which a break of character stands, and a model that says them in any pieces."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from roleplay.prompt.checks import MACHINE, Checks, breaks
from tests import behaviours, wire
from tests.behaviours import Behaviour, Piece
from tests.kimi import Body
from tests.oracle import Asked, Said, said_before, said_so_far
from tests.prose import prose

NEVER = ("in summary", "no worries", "OKAY", "café crème", "总的来说", "亲爱的用户", "没问题哦", "Ｇoogle")
PHRASES = (*MACHINE, *NEVER, *NEVER)
CHECKS = Checks(never_says=NEVER)
PROSE = prose()

_DISGUISES: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str.title,
    lambda words: words.replace(" ", "\n "),
    lambda words: words.replace(" ", "\u3000"),
    lambda words: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in words),
    lambda words: words.replace("é", "e\u0301").replace("è", "e\u0300"),
)


@cache
def good() -> list[str]:
    """The prose in which nothing breaks already."""
    return [line for line in PROSE if not breaks(line, CHECKS, names=(), user="", language="en")]


def planted(chance: random.Random, line: str, phrases: Sequence[str] = PHRASES) -> str:
    """The line with one of the phrases in it, in some disguise, somewhere."""
    words = chance.choice(_DISGUISES)(chance.choice(phrases))
    spaces = [at for at, letter in enumerate(line) if letter in " ，。“”"]
    at = chance.choice([0, len(line), *spaces])
    return f"{line[:at]} {words} {line[at:]}"


def cut_up(chance: random.Random, text: str, body: Body) -> Iterable[Piece]:
    """The text as a stream may bring it: whole, in pieces of any length, by halves of letters, byte by byte."""
    kind = chance.choice(["whole", "pieces", "letters", "halves", "bytes"])
    if kind == "whole":
        return [text]
    if kind == "letters":
        return list(text)
    if kind == "halves":
        raw = text.encode("utf-16-le")
        return [raw[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(raw), 2)]
    places = sorted(chance.sample(range(len(text) + 1), min(len(text), chance.randint(1, 12))))
    pieces = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    if kind == "pieces":
        return pieces
    return [bytes([byte]) for piece in pieces for byte in wire.event(body, {"content": piece})]


@dataclass
class Planter:
    """A script that plants a break in what it says first to anything, and now and then in how it goes on: in two
    answers at most. It keeps what it was asked, as an `Oracle` does. `often`: of a hundred replies, how many it spoils.
    """

    phrases: Sequence[str] = PHRASES
    often: int = 100
    lines: int = 3
    pace: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    breaks: dict[Said, int] = field(default_factory=dict)

    def __call__(self, body: Body) -> Behaviour:
        said, had = said_before(body), said_so_far(body)
        times = self.breaks.get(said, 0)
        chance = random.Random(repr((said, had, times)))
        answer = " ".join(chance.choices(good(), k=self.lines))
        if chance.randrange(100) < (self.often, 30, 0)[times] and (not had or times):
            self.breaks[said] = times + 1
            answer = planted(chance, answer, self.phrases)
        answer = f" {answer}" if had else answer
        self.asked.append(Asked(said, had, answer))
        return behaviours.say(*self._paced(cut_up(chance, answer, body)))

    def outcomes(self, said: Said) -> set[str]:
        """The texts that a finished reply may have."""
        return {asked.had + asked.answer.rstrip() for asked in self.asked if asked.said == said}

    def _paced(self, pieces: Iterable[Piece]) -> Iterable[Piece]:
        for piece in pieces:
            yield piece
            if self.pace and isinstance(piece, str):
                yield self.pace


def is_broken(text: str) -> bool:
    """Whether a phrase stands in it."""
    found = breaks(text, CHECKS, names=("Mira",), user="", language="en")
    return any(each.check in ("machine", "never_says") for each in found)
