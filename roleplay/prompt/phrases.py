"""Many phrases looked for at once, in text that comes in pieces.

Case, width and the length of white space do not count. Where a phrase begins or ends with a letter or number of a
script that parts its words, none stands beside it. The automaton is that of Aho and Corasick (“Efficient string
matching”, 1975).
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

MOST_MARKS = 30  # of one letter; those behind them stand alone
FIRST_MARK = "\u0300"  # the first code point that combines with the one before it


class Found(NamedTuple):
    """A phrase by its number, and where it stands in the text that was read: code points."""

    number: int
    start: int
    end: int


class Phrases:
    """Phrases, ready to be looked for. Those that say nothing are never found."""

    def __init__(self, written: Sequence[str]) -> None:
        self.next: list[dict[str, int]] = [{}]
        self.fall = [0]
        self.depth = [0]
        self.ends: list[tuple[int, ...]] = [()]
        self.folded = [" ".join("".join(map(folded, phrase)).split()) for phrase in written]
        for number, phrase in enumerate(self.folded):
            if phrase:
                self.ends[self._node(phrase)] += (number,)
        self._fall_back()
        self.longest = max(self.depth)
        self.unmarked = {part for letter in set("".join(self.folded)) for part in _unmarked(letter)}

    def _node(self, phrase: str) -> int:
        node = 0
        for char in phrase:
            if char not in self.next[node]:
                self.next[node][char] = len(self.next)
                self.next.append({})
                self.fall.append(0)
                self.depth.append(self.depth[node] + 1)
                self.ends.append(())
            node = self.next[node][char]
        return node

    def _fall_back(self) -> None:
        """Where to go on from each node when the text leaves its phrases, and what else ends there."""
        waiting = deque(self.next[0].values())
        while waiting:
            node = waiting.popleft()
            for char, child in self.next[node].items():
                waiting.append(child)
                back = self.fall[node]
                while back and char not in self.next[back]:
                    back = self.fall[back]
                self.fall[child] = self.next[back].get(char, 0)
                self.ends[child] += self.ends[self.fall[child]]


@lru_cache(maxsize=32)
def phrases(written: tuple[str, ...]) -> Phrases:
    return Phrases(written)


class Reading:
    """A text as it is read."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._node = self._before = 0  # now, and before the newest letter with its marks
        self._letter = ""
        self._read = ""  # folded, as much of its end as any phrase is long
        self._at: deque[int] = deque()  # where each code point of that stands in the text
        self._length = 0
        self._longest = phrases.longest + 2
        self._ended: list[Found] = []  # that hold unless a letter follows

    def add(self, text: str) -> Iterator[Found]:
        """The phrases that are found by now."""
        for char in text:
            yield from self._add(char)

    @property
    def held(self) -> int:
        """Where that begins in the text which may yet become a phrase; its end where nothing may."""
        begun = self._begun(self._node, 0)
        # A mark that follows makes another letter of the newest.
        newest = folded(self._letter)
        if newest in self._phrases.unmarked and self._read.endswith(newest):
            begun = min(begun, self._begun(self._before, len(newest)), self._at[-len(newest)])
        return min(begun, *(found.start for found in self._ended), self._length)

    def _begun(self, node: int, since: int) -> int:
        """Where that phrase begins whose beginning was read before the last `since` letters."""
        known, read = self._phrases, self._read
        while depth := known.depth[node]:
            at = len(read) - since - depth
            whole = at <= 0 or not (_is_joined(read[at]) and _is_joined(read[at - 1]))
            if known.next[node] and whole:
                return self._at[max(at, 0)]
            node = known.fall[node]
        return self._length

    def end(self) -> list[Found]:
        """Those that the end of the text completes."""
        ended, self._ended = self._ended, []
        return ended

    def _add(self, char: str) -> Iterator[Found]:
        marked = char >= FIRST_MARK and 0 < len(self._letter) <= MOST_MARKS
        if marked and unicodedata.combining(char):
            self._letter += char
            dropped = len(folded(self._letter[:-1]))
            if self._read.endswith(folded(self._letter[:-1])):
                self._node, self._read = self._before, self._read[:-dropped]
                for _ in range(dropped):
                    self._at.pop()
                self._ended = []
        else:
            self._letter, self._before = char, self._node
        start, self._length = self._length + 1 - len(self._letter), self._length + 1
        for letter in folded(self._letter):
            if letter.isspace():
                if not self._read or self._read[-1] == " ":
                    continue
                letter = " "
            yield from self._step(letter, start)

    def _step(self, letter: str, start: int) -> Iterator[Found]:
        if self._ended:
            if not _is_joined(letter):
                yield from self._ended
            self._ended = []
        known, node = self._phrases, self._node
        while node and letter not in known.next[node]:
            node = known.fall[node]
        self._node = node = known.next[node].get(letter, 0)
        self._read += letter
        self._at.append(start)
        if len(self._read) > 2 * self._longest:
            for _ in range(len(self._read) - self._longest):
                self._at.popleft()
            self._read = self._read[-self._longest :]
        for number in known.ends[node]:
            phrase = known.folded[number]
            before = self._read[-len(phrase) - 1 : -len(phrase)]
            if _is_joined(phrase[0]) and before and _is_joined(before):
                continue
            found = Found(number, self._at[-len(phrase)], self._length)
            if _is_joined(phrase[-1]):
                self._ended.append(found)
            else:
                yield found


def found_in(text: str, known: Phrases) -> list[Found]:
    if not known.longest:
        return []
    reading = Reading(known)
    return [*reading.add(text), *reading.end()]


@lru_cache(maxsize=4096)
def folded(letter: str) -> str:
    """A letter with its marks, without case and width."""
    return unicodedata.normalize("NFKC", letter).casefold()


def _unmarked(letter: str) -> Iterator[str]:
    """The letters of which further marks make this one."""
    base, *marks = list(letter if letter.isascii() else unicodedata.normalize("NFD", letter))
    for number in range(len(marks)):
        for some in combinations(marks, number):
            yield unicodedata.normalize("NFC", base + "".join(some))


def _is_joined(letter: str) -> bool:
    """Whether it is of a script in which a letter beside it belongs to the same word."""
    return letter.isalnum() and not "\u2e80" <= letter <= "\uffef"
