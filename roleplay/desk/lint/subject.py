"""What is looked at: a definition, with what the rules need of it ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from characters.versions import Definition
from roleplay.desk.lint.finding import Finding
from roleplay.prompt.checks import Break, Check, Checks, breaks, may_not_say
from roleplay.prompt.lorebook.values import Book, Entry
from roleplay.prompt.macros import Macros, expand, outside
from roleplay.prompt.patterns import is_pattern
from roleplay.prompt.scene_macros import head_macros
from roleplay.prompt.text import plain
from roleplay.prompt.values import Persona, Prompt, Scene, Sheet
from roleplay.prompt.work import Work
from roleplay.turns.books import own_books
from roleplay.turns.judging import checks_of

# The name of a reader: a word in no language that is told apart, which no author writes.
READER = "Ϡϟϡ"
MOST_WORK = 2_000_000  # of macros, as `Work` counts it: about a thousand of them
SAID: tuple[Check, ...] = ("machine", "never_says")
MOST_READ = 4_000  # code points of a text that are read letter by letter
MOST_LINES = 2_000  # of a text that are looked at one by one
MOST_COMPARED = 100_000_000  # code points of all texts, times phrases


@dataclass(frozen=True)
class Subject:
    definition: Definition
    prompt: Prompt
    budget: int

    @property
    def char(self) -> str:
        """The name under which it speaks."""
        return self.definition["nickname"] or self.definition["name"]

    @property
    def names(self) -> tuple[str, str]:
        return self.definition["name"], self.definition["nickname"]

    @cached_property
    def books(self) -> tuple[Book, ...]:
        return own_books(self.definition)

    @cached_property
    def entries(self) -> list[tuple[Book, Entry]]:
        """Those that are in use."""
        return [(book, entry) for book in self.books for entry in book.entries if entry.enabled]

    @cached_property
    def outside(self) -> Macros:
        """What macros stand for in a greeting or a prefix. Their work is bounded for all texts together."""
        return replace(outside(self.char, READER), work=Work(MOST_WORK))

    @cached_property
    def told(self) -> Macros:
        """What they stand for in a text of the prompt. What they come to does not matter, but for the names."""
        scene = Scene(sheet=Sheet(name=self.char), persona=Persona(READER), lines=())
        return replace(head_macros(scene), work=Work(MOST_WORK))

    def said(self, text: str) -> str:
        """A text with its macros replaced, as the reader `READER` would read it."""
        return expand(text, self.outside)

    def broken(self, said: str) -> list[Break]:
        """The checks that a text breaks. Letter by letter is slow: only lines in which a phrase may stand are read so."""
        found = self._breaks(said, self._quick)
        read = self._take(said)
        if self._may_hold(plain(read)):
            likely = (line for line in read.split("\n")[:MOST_LINES] if self._may_hold(plain(line)))
            lines = "\n".join(likely)[:MOST_READ]
            found += [each for each in self._breaks(lines, self._slow) if each.check in SAID]
        return list({each.check: each for each in reversed(found)}.values())[::-1]

    def _take(self, said: str) -> str:
        """Of a text, what is still to be compared with phrases: all texts share that, the less the more phrases."""
        taken = said[: self._left[0]]
        self._left[0] -= len(taken)
        return taken

    @cached_property
    def _left(self) -> list[int]:
        return [MOST_COMPARED // max(1, len(self.checks.never_says))]

    @cached_property
    def checks(self) -> Checks:
        return checks_of(self.definition)

    @cached_property
    def _quick(self) -> Checks:
        patterns = tuple(words for words in self.checks.never_says if is_pattern(words))
        return replace(self.checks, never_says=patterns, may_be_machine=True)

    @cached_property
    def _slow(self) -> Checks:
        phrases = tuple(words for words in self.checks.never_says if not is_pattern(words))
        return Checks(never_says=phrases, may_be_machine=self.checks.may_be_machine)

    @cached_property
    def _phrases(self) -> list[str]:
        return [folded for _check, words in may_not_say(self._slow) if (folded := plain(words))]

    def _may_hold(self, folded: str) -> bool:
        return any(phrase in folded for phrase in self._phrases)

    def _breaks(self, said: str, checks: Checks) -> list[Break]:
        return breaks(said, checks, names=self.names, user=READER, language=self.definition["language"])


Rule = Callable[[Subject], Iterator[Finding]]


def written(said: str) -> str:
    """With `{{user}}` where the reader's name came in."""
    return said.replace(READER, "{{user}}")


def filled(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text.strip()]
