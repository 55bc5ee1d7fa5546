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

OWN = "roleplay"  # the key of what this program alone knows, in extensions
PARTS = "books"

# Of a world info file -> of a card's entry; with a dot: within its extensions.
_WORLD_INFO = {
    "uid": "id",
    "key": "keys",
    "keysecondary": "secondary_keys",
    "comment": "comment",
    "content": "content",
    "constant": "constant",
    "selective": "selective",
    "order": "insertion_order",
    "selectiveLogic": ".selectiveLogic",
    "position": ".position",
    "ignoreBudget": ".ignore_budget",
    "excludeRecursion": ".exclude_recursion",
    "preventRecursion": ".prevent_recursion",
    "delayUntilRecursion": ".delay_until_recursion",
    "probability": ".probability",
    "useProbability": ".useProbability",
    "depth": ".depth",
    "role": ".role",
    "outletName": ".outlet_name",
    "group": ".group",
    "groupOverride": ".group_override",
    "groupWeight": ".group_weight",
    "useGroupScoring": ".use_group_scoring",
    "scanDepth": ".scan_depth",
    "caseSensitive": ".case_sensitive",
    "matchWholeWords": ".match_whole_words",
    "sticky": ".sticky",
    "cooldown": ".cooldown",
    "delay": ".delay",
    "matchPersonaDescription": ".match_persona_description",
    "matchCharacterDescription": ".match_character_description",
    "matchCharacterPersonality": ".match_character_personality",
    "matchCharacterDepthPrompt": ".match_character_depth_prompt",
    "matchScenario": ".match_scenario",
}


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
    written = book.get("entries")
    entries = list(written.values()) if isinstance(written, dict) else written
    return BookFields(
        options,
        [EntryFields(options_of(entry), entry) for entry in entries if isinstance(entry, dict)]
        if isinstance(entries, list)
        else [],
        {key: value for key, value in book.items() if key != "entries"},
    )


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
    first = books[0]
    made: Json = deepcopy(first.card)
    came = book_of(first.card).options
    made |= {
        key: first.options[column]
        for column, key in _COLUMNS.items()
        if first.options[column] != came[column]
    }
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


_COLUMNS = {
    "title": "name",
    "scan_depth": "scan_depth",
    "token_budget": "token_budget",
    "recursive": "recursive_scanning",
}


def options_of(entry: Json) -> Json:
    """What an entry says, as far as it makes sense; the rest is as usual."""
    if "key" in entry or "keysecondary" in entry:
        entry = _of_world_info(entry)
    inner = mapping(entry.get("extensions"))
    return {name: option.read(entry, inner) for name, option in OPTIONS.items()}


def entry_as_written(card: Json, options: Json) -> Json:
    """The entry as it came, with what was changed of it since."""
    entry: Json = deepcopy(_of_world_info(card) if "key" in card or "keysecondary" in card else card)
    if not isinstance(entry.get("extensions"), dict):
        entry["extensions"] = {}
    came = options_of(entry)
    for name, value in options.items():
        if name in OPTIONS and (value != came[name] or not card):
            OPTIONS[name].write(entry, entry["extensions"], value)
    for name, (key, sound) in _MANDATORY.items():
        if not sound(entry.get(key)):
            OPTIONS[name].write(entry, entry["extensions"], options[name])
    entry.setdefault("use_regex", False)
    return entry


_MANDATORY: dict[str, tuple[str, Callable[[object], bool]]] = {
    "keys": ("keys", lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value)),
    "content": ("content", lambda value: isinstance(value, str)),
    "enabled": ("enabled", lambda value: isinstance(value, bool)),
    "order": (
        "insertion_order",
        lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    ),
}


def _of_world_info(entry: Json) -> Json:
    """With the keys of a card's entry; what has none stays under its own, within the extensions."""
    made: Json = {"extensions": dict(mapping(entry.get("extensions")))}
    for key, value in entry.items():
        new = _WORLD_INFO.get(key)
        if key == "disable":
            made["enabled"] = not truth(value)
        elif new is None and key != "extensions":
            made["extensions"][key] = value
        elif new and new.startswith("."):
            made["extensions"][new[1:]] = value
        elif new:
            made[new] = value
    return made
