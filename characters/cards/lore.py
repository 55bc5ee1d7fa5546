"""Lorebooks as cards and SillyTavern's world info files have them <-> the options of a `Lorebook` and its entries.

What of an entry nobody changed since it came is written again as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice

from characters.cards.entry_options import OPTIONS
from characters.cards.jsons import Json
from characters.cards.lenient import mapping, text, truth, within
from characters.cards.world_info import OWN, as_world_info, is_world_info, of_world_info

PARTS = "books"  # in this program's own extensions


@dataclass(frozen=True)
class EntryFields:
    """`options` are columns of a `LoreEntry`, `card` is the entry as it came."""

    options: Json
    card: Json


@dataclass(frozen=True)
class BookFields:
    """`options` are columns of a `Lorebook`, `card` is the book as it came, without its entries."""

    options: Json
    entries: list[EntryFields] = field(default_factory=list)
    card: Json = field(default_factory=dict)


def book_of(book: Json) -> BookFields:
    """A book of a card, or a world info file, whose entries are numbered."""
    options = {
        "title": (text(book.get("name")) or text(book.get("title")))[:100],
        "scan_depth": within(book.get("scan_depth"), 0, 1000),
        "token_budget": within(book.get("token_budget"), 0, 2_000_000_000),
        "recursive": bool(truth(book.get("recursive_scanning"))),
    }
    entries = listed(book.get("entries"))
    return BookFields(
        options,
        [EntryFields(options_of(entry), entry) for entry in entries if isinstance(entry, dict)],
        {key: value for key, value in book.items() if key != "entries"},
    )


def listed(entries: object) -> list[object]:
    """Entries that may be numbered."""
    if isinstance(entries, dict):
        return list(entries.values())
    return entries if isinstance(entries, list) else []


def books_of(book: Json) -> list[BookFields]:
    """The book of a card; where this program put several into one, each of them again."""
    whole = book_of(book)
    parts = mapping(mapping(book.get("extensions")).get(OWN)).get(PARTS)
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        return [whole]
    sizes = [within(part.get("entries"), 0, len(whole.entries)) or 0 for part in parts]
    if sum(sizes) != len(whole.entries):
        return [whole]
    entries = iter(whole.entries)
    return [
        BookFields(book_of(part | {"entries": []}).options, list(islice(entries, size)))
        for part, size in zip(parts, sizes, strict=True)
    ]


def book_as_written(books: Sequence[BookFields]) -> Json:
    """One book, as cards have one: the first as it came, with what was changed of it since, and all entries."""
    made = book_options_as_written(books[0])
    made["extensions"] = mapping(made.get("extensions"))
    made["entries"] = [
        entry_as_written(entry.card, entry.options) for book in books for entry in book.entries
    ]
    if len(books) > 1:
        parts = [
            {key: book.options[column] for column, key in _COLUMNS.items()} | {"entries": len(book.entries)}
            for book in books
        ]
        made["extensions"][OWN] = {**mapping(made["extensions"].get(OWN)), PARTS: parts}
    return made


def book_options_as_written(book: BookFields) -> Json:
    """The book as it came, with what was changed of it since, without its entries."""
    made: Json = deepcopy(book.card)
    came = book_of(book.card).options
    return made | {
        key: book.options[column] for column, key in _COLUMNS.items() if book.options[column] != came[column]
    }


_COLUMNS = {
    "title": "name",
    "scan_depth": "scan_depth",
    "token_budget": "token_budget",
    "recursive": "recursive_scanning",
}


def options_of(entry: Json) -> Json:
    """What an entry says, as far as it makes sense; the rest is as usual."""
    if is_world_info(entry):
        entry = of_world_info(entry)
    inner = mapping(entry.get("extensions"))
    return {name: option.read(entry, inner) for name, option in OPTIONS.items()}


def entry_as_written(card: Json, options: Json) -> Json:
    """The entry as it came, with what was changed of it since; what its readers count on is there."""
    entry = _changed(card, options)
    for name, (key, sound) in _MANDATORY.items():
        if not sound(entry.get(key)):
            OPTIONS[name].write(entry, entry["extensions"], options[name])
    entry.setdefault("use_regex", False)
    return entry


def entry_as_world_info(card: Json, options: Json) -> Json:
    """The same, for a world info file."""
    made = as_world_info(_changed(card, options))
    usual = as_world_info(_changed({}, options))
    if is_world_info(card):
        before = as_world_info(of_world_info(card))
        added = {key for key in made if key not in card and made[key] == before.get(key)}
        kept = {key: value for key, value in card.items() if made.get(key) == before.get(key)}
        made = {key: value for key, value in (made | kept).items() if key not in added}
    else:
        made = usual | made
    lists = ("key", "keysecondary")
    return made | {key: usual[key] for key in lists if key in made and not _are_texts(made[key])}


def _changed(card: Json, options: Json) -> Json:
    """With the keys of a card's entry."""
    entry: Json = deepcopy(of_world_info(card) if is_world_info(card) else card)
    if not isinstance(entry.get("extensions"), dict):
        entry["extensions"] = {}
    came = options_of(entry)
    for name, value in options.items():
        if name in OPTIONS and (value != came[name] or not card):
            OPTIONS[name].write(entry, entry["extensions"], value)
    return entry


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


_MANDATORY: dict[str, tuple[str, Callable[[object], bool]]] = {
    "keys": ("keys", _are_texts),
    "content": ("content", lambda value: isinstance(value, str)),
    "enabled": ("enabled", lambda value: isinstance(value, bool)),
    "order": (
        "insertion_order",
        lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    ),
}
