"""PURE: what the guard looks for in a text that grows, each in its own way."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from roleplay.prompt.checks import Check
from roleplay.prompt.patterns import Pattern
from roleplay.prompt.phrases import Found, Phrases, Reading
from roleplay.prompt.speakers import Speakers

CONTEXT = 400  # code points before a clause in which a pattern may begin
LONGEST_CLAUSE = 200  # code points; a longer one is judged in parts

_SENTENCE = re.compile(r"[.!?…。！？\n][”\"’'」』）)*_]*\s*")
_CLAUSE = re.compile(r"[.!?,;:…。！？，；：、\n][”\"’'」』）)*_]*")


class Broken(NamedTuple):
    """By which check, and where in the text: code points."""

    check: Check
    start: int
    end: int


class Watch(Protocol):
    """Reads a text. Each break is told once, as soon as it is certain."""

    def add(self, text: str) -> Iterator[Broken]: ...

    def end(self) -> Iterator[Broken]:
        """The breaks that the end of the text makes certain."""
        ...

    @property
    def held(self) -> int:
        """Where that begins which may yet become a break; the end of the text where nothing may."""
        ...


class SaidPhrases:
    def __init__(self, known: Phrases, checks: Sequence[Check], said: str = "") -> None:
        self._reading = Reading(known)
        self._checks = checks  # by the numbers of the phrases
        # No phrase begins further back, however it is spaced.
        near = said[-4 * (known.longest + 16) :]
        self._before = len(said) - len(near)
        deque(self._reading.add(near), maxlen=0)

    def add(self, text: str) -> Iterator[Broken]:
        return map(self._broken, self._reading.add(text))

    def end(self) -> Iterator[Broken]:
        return map(self._broken, self._reading.end())

    @property
    def held(self) -> int:
        return self._before + self._reading.held

    def _broken(self, found: Found) -> Broken:
        return Broken(self._checks[found.number], self._before + found.start, self._before + found.end)


class SaidPatterns:
    """Looks at each clause when it has ended and something follows, with what stands before it."""

    def __init__(self, patterns: Sequence[tuple[Check, Pattern]], said: str = "") -> None:
        self._patterns = patterns
        self._said = len(said)
        self._before = max(0, len(said) - CONTEXT - LONGEST_CLAUSE)  # code points before what is looked at
        self._text = said[self._before :]
        self.held = self._before
        self.held += self._ended()

    def add(self, text: str) -> Iterator[Broken]:
        self._text += text
        if (end := self._ended()) > self.held - self._before:
            yield from self._judged(end)

    def end(self) -> Iterator[Broken]:
        yield from self._judged(len(self._text))

    def _ended(self) -> int:
        """Where the last clause ends that something follows: `$` stands at the end of the text alone."""
        ended = self.held - self._before
        while (end := clause_end(self._text, ended)) is not None and end < len(self._text):
            ended = end
        return ended

    def _judged(self, end: int) -> Iterator[Broken]:
        begun = self.held - self._before
        first, beyond = max(0, begun - CONTEXT), max(begun, self._said - self._before)
        for check, pattern in self._patterns:
            if found := pattern.find(self._text[: end + 1], first, end, beyond=beyond):
                yield Broken(check, *(self._before + place for place in found))
        self.held = self._before + end
        if end > 2 * CONTEXT:  # one more than is looked at, so that `^` knows that it is not the beginning
            gone = end - CONTEXT - 1
            self._text, self._before = self._text[gone:], self._before + gone


class Headings:
    """Looks at how each line begins."""

    def __init__(self, speakers: Speakers, said: str = "") -> None:
        self._speakers = speakers
        self._line, self._first, self._open = "", "\n" not in said, True
        self._start = self._length = said.rfind("\n") + 1
        deque(self.add(said[self._start :]), maxlen=0)

    def add(self, text: str) -> Iterator[Broken]:
        for number, part in enumerate(text.split("\n")):
            if number:
                yield from self.end()
                self._length += 1
                self._line, self._first, self._open, self._start = "", False, True, self._length
            self._length += len(part)
            if self._open:
                self._line += part
                may_be = self._speakers.may_be_wrong(self._line, first=self._first)
                if not may_be or len(self._line) > LONGEST_CLAUSE:
                    yield from self.end()

    def end(self) -> Iterator[Broken]:
        wrong = self._speakers.wrong(self._line, first=self._first) if self._open else None
        self._open = False
        if wrong:
            yield Broken(wrong.check, self._start, self._start + wrong.end)

    @property
    def held(self) -> int:
        return self._start if self._open and self._line.strip() else self._length


def sentence_start(text: str, end: int) -> int:
    """Where the sentence begins that goes on at `end`, at most so far before it as a clause is long."""
    first = max(0, end - LONGEST_CLAUSE)
    return max((found.end() for found in _SENTENCE.finditer(text, first, end)), default=first)


def clause_end(text: str, start: int) -> int | None:
    """Where the clause that begins at `start` ends; None where it may go on."""
    ended = _CLAUSE.search(text, start, start + LONGEST_CLAUSE)
    if ended:
        return ended.end()
    if len(text) <= start + LONGEST_CLAUSE:
        return None
    space = text.rfind(" ", start, start + LONGEST_CLAUSE)
    return space if space > start else start + LONGEST_CLAUSE
