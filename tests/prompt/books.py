"""Lorebooks for tests, and what they say to a few messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from roleplay.prompt.lorebook.find import Search
from roleplay.prompt.lorebook.scan import Scan, Spoken
from roleplay.prompt.lorebook.values import Book, Entry, Lore, Timed


def entry(key: str, *keys: str, **options: Any) -> Entry:
    """An entry that tells its own name."""
    return replace(Entry(key=key, title=key, content=key, keys=keys), **options)


def book(*entries: Entry, **options: Any) -> Book:
    fields: dict[str, Any] = {"key": "book", "title": "Book", "source": "character", **options}
    return Book(entries=entries, **fields)


def said(
    *books: Book,
    messages: tuple[str, ...] = (),
    timed: Timed | None = None,
    length: int = 10,
    budget: int = 1000,
    name: str = "Mira",
    tags: frozenset[str] = frozenset(),
    seed: str = "seed",
    fixed_first: bool = True,
    others: dict[str, str] | None = None,
) -> Lore:
    """What the books say after these messages, oldest first."""
    spoken = [Spoken(f"Ada: {text}", depth) for depth, text in enumerate(messages)]
    return Search(
        books=books,
        scan=Scan(spoken[::-1], others=others or {}),
        timed=timed or Timed(),
        length=length,
        budget=budget,
        most=2 * budget,
        name=name,
        tags=tags,
        expand=lambda each, _: each.told,
        expand_hidden=lambda each, _: each.told,
        fixed_first=fixed_first,
        seed=seed,
    ).lore()


def told(lore: Lore) -> list[str]:
    """The keys of what is told, as it stands in the prompt."""
    return [found.entry.key for found in lore.found]


def why_not(lore: Lore) -> dict[str, str]:
    return {missed.title: missed.why for missed in lore.missed}
