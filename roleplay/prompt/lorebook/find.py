"""Which entries of the books are told: the rules are SillyTavern's, as `world-info.js` has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from roleplay.prompt.budget import size
from roleplay.prompt.lorebook.groups import losers
from roleplay.prompt.lorebook.keys import hit, score
from roleplay.prompt.lorebook.scan import Scan
from roleplay.prompt.lorebook.timed import begun, running
from roleplay.prompt.lorebook.values import (
    SOURCES,
    Book,
    Entry,
    Found,
    Hit,
    LeftOut,
    Lore,
    Missed,
    Timed,
    Why,
)

ENTRY_COSTS = 4_000  # of work, in each round


@dataclass(frozen=True)
class _Candidate:
    entry: Entry
    book: Book
    why: Why
    hit: Hit | None = None


@dataclass(kw_only=True)
class Search:
    """Finds what the `books` say, once.

    `length`: messages of the conversation. `budget`: tokens; entries that ignore it have `most`. `name` and `tags` are
    the character's. `expand` replaces the macros of an entry for telling, `expand_hidden` for scanning. `fixed_first`:
    what is told in every prompt comes before all that is found, so that it is the same in every prompt. `seed` decides
    by chance.
    """

    books: Sequence[Book]
    scan: Scan
    timed: Timed
    length: int
    budget: int
    most: int
    name: str
    tags: frozenset[str]
    expand: Callable[[Entry, Book], str]
    expand_hidden: Callable[[Entry, Book], str]
    fixed_first: bool
    seed: str
    _told: dict[str, Found] = field(default_factory=dict)
    _missed: dict[str, Missed] = field(default_factory=dict)
    _failed: set[str] = field(default_factory=set)
    _taken: dict[str, int] = field(default_factory=dict)  # tokens by book
    _overflowed: bool = False

    def lore(self) -> Lore:
        entries = self._in_order()
        self.timed = running(self.timed, {entry.key: entry for entry, _ in entries}, self.length)
        recursing = False
        while entries:
            added = self._admit(list(self._candidates(entries, recursing=recursing)), recursing=recursing)
            if self.scan.work.over:
                self._give_up(entries)
                break
            said = [
                (self.expand_hidden(each.entry, each.book), each.book.blind)
                for each in added
                if each.book.recursive and not each.entry.prevent_recursion
            ]
            if self._overflowed or not said:
                break
            self.scan.brought_in(said)
            recursing = True
        # Ties stand the other way round: each is put before what is there.
        found = sorted(self._told.values(), key=lambda each: -each.entry.order)[::-1]
        return Lore(
            found=tuple(found),
            missed=tuple(self._missed.values()),
            timed=begun(self.timed, (each.entry for each in found), self.length),
        )

    def _in_order(self) -> list[tuple[Entry, Book]]:
        """By source, then by order, the highest first."""
        entries = []
        for source in SOURCES:
            of_source = [
                (entry, book) for book in self.books if book.source == source for entry in book.entries
            ]
            entries += sorted(of_source, key=lambda each: -each[0].order)
        return entries

    def _candidates(self, entries: Sequence[tuple[Entry, Book]], *, recursing: bool) -> Iterator[_Candidate]:
        for entry, book in entries:
            if (
                entry.key in self._told
                or entry.key in self._failed
                or not self._may(entry, recursing=recursing)
            ):
                continue
            why, hit = self._why(entry, book, recursing=recursing)
            if not self.scan.work.spend(ENTRY_COSTS):
                return
            if why:
                yield _Candidate(entry, book, why, hit)

    def _may(self, entry: Entry, *, recursing: bool) -> bool:
        """Whether nothing keeps it back, whatever is said."""
        sticky = entry.key in self.timed.sticky
        return (
            entry.enabled
            and self._is_for(entry)
            and self.length >= entry.delay
            and (sticky or entry.key not in self.timed.cooldown)
            and (sticky or recursing or not entry.delay_until_recursion)
            and (sticky or not recursing or not entry.exclude_recursion)
        )

    def _is_for(self, entry: Entry) -> bool:
        """Whether its character is among those that it names, by name and by tag."""
        by_name = not entry.only_names or (self.name in entry.only_names) != entry.only_others
        by_tag = not entry.only_tags or bool(self.tags.intersection(entry.only_tags)) != entry.only_others
        return by_name and by_tag

    def _why(self, entry: Entry, book: Book, *, recursing: bool) -> tuple[Why | None, Hit | None]:
        decorators = entry.decorators
        if "activate" in decorators:
            return "decorator", None
        if "dont_activate" in decorators:
            return None, None
        if entry.constant:
            return "constant", None
        if entry.key in self.timed.sticky:
            return "sticky", None
        found = hit(self.scan, entry, book, recursing=recursing)
        return ("key", found) if found else (None, None)

    def _admit(self, candidates: list[_Candidate], *, recursing: bool) -> list[_Candidate]:
        """Tells those for which there are luck and room."""
        ordered = sorted(candidates, key=self._turn)
        books = {each.entry.key: each.book for each in ordered}
        out = losers(
            [each.entry for each in ordered],
            told=[each.entry for each in self._told.values()],
            sticky=set(self.timed.sticky),
            score=lambda entry: score(self.scan, entry, books[entry.key], recursing=recursing),
            seed=self.seed,
        )
        return [each for each in ordered if self._admitted(each, loses=each.entry.key in out)]

    def _turn(self, each: _Candidate) -> int:
        if self.fixed_first and each.entry.fixed:
            return 0
        return 1 if each.entry.key in self.timed.sticky else 2

    def _admitted(self, each: _Candidate, *, loses: bool) -> bool:
        entry = each.entry
        if loses:
            return self._miss(each, "group")
        if not self._is_lucky(entry):
            self._failed.add(entry.key)
            return self._miss(each, "probability")
        if self._overflowed and not entry.ignore_budget:
            return self._miss(each, "budget")
        text = self.expand(entry, each.book).strip()
        room, taken = size(text), self._taken.get(each.book.key, 0)
        in_all = sum(self._taken.values()) + room
        if in_all > self.most:
            return self._miss(each, "budget")
        if not entry.ignore_budget:
            self._overflowed = in_all >= self.budget
            if self._overflowed:
                return self._miss(each, "budget")
            if each.book.token_budget is not None and taken + room > each.book.token_budget:
                return self._miss(each, "book_budget")
        self._taken[each.book.key] = taken + room
        self._missed.pop(entry.key, None)
        self._told[entry.key] = Found(
            entry=entry,
            book=each.book.title,
            source=each.book.source,
            text=text,
            tokens=room,
            why=each.why,
            hit=each.hit,
        )
        return True

    def _is_lucky(self, entry: Entry) -> bool:
        if entry.probability >= 100 or entry.key in self.timed.sticky:
            return True
        return Random(f"{self.seed} {entry.key}").random() * 100 <= entry.probability

    def _miss(self, each: _Candidate, why: LeftOut) -> bool:
        self._missed[each.entry.key] = Missed(each.entry.name, each.book.title, each.book.source, why)
        return False

    def _give_up(self, entries: Sequence[tuple[Entry, Book]]) -> None:
        """There is too much to look through: what was not told by now is not told, and each book says so."""
        for entry, book in entries:
            if entry.key not in self._told:
                self._missed.setdefault(book.key, Missed("", book.title, book.source, "work"))
