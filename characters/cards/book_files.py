"""Lorebook files: what other programs write <-> a book's fields. Told by what is in them, never by their names."""

from __future__ import annotations

from itertools import count

from characters.cards.jsons import Json
from characters.cards.lenient import mapping, text, texts
from characters.cards.lore import (
    BookFields,
    book_as_written,
    book_of,
    book_options_as_written,
    entry_as_world_info,
    listed,
)
from characters.cards.world_info import parted, with_beside

SPEC = "lorebook_v3"


def book_in(file: Json) -> BookFields | None:
    """The book that the file holds; None for one that holds something else."""
    book = _found(file)
    if book is None:
        return None
    entries = listed(book["entries"])
    return book_of(book | {"entries": [_known(entry) for entry in entries if isinstance(entry, dict)]})


def _found(file: Json) -> Json | None:
    """The book with its `entries`, whatever they are."""
    data = file.get("data")
    if file.get("spec") == SPEC and isinstance(data, dict):
        beside = {key: value for key, value in file.items() if key not in ("spec", "data")}
        inner = {"extensions": with_beside(mapping(data.get("extensions")), beside)} if beside else {}
        return {"entries": [], **data, **inner}
    if file.get("type") == "risu" and isinstance(data, list):
        return {key: value for key, value in file.items() if key != "data"} | {"entries": data}
    is_book = isinstance(file.get("entries"), dict | list) and not any(key in file for key in _OF_CHARACTERS)
    return file if is_book else None


def _known(entry: Json) -> Json:
    """An entry of Agnai, NovelAI or RisuAI with the keys of a card's."""
    if "keywords" in entry and "entry" in entry:
        return _renamed(entry, _AGNAI)
    if "text" in entry and "keys" in entry and "content" not in entry:
        priority = mapping(entry.get("contextConfig")).get("budgetPriority")
        return {"insertion_order": priority, **_renamed(entry, _NOVELAI)}
    if "insertorder" in entry or "alwaysActive" in entry:
        return _of_risu(entry)
    return entry


def _of_risu(entry: Json) -> Json:
    """Its keys stand in one text, with commas between them; a pattern may hold commas."""
    made = _renamed(entry, _RISU)
    for key in ("keys", "secondary_keys"):
        written = text(made.get(key))
        made[key] = [written] if made.get("use_regex") and written else texts(written)
    if "activationPercent" in made:
        inner = mapping(made.get("extensions"))
        chance = {"probability": made.pop("activationPercent"), "useProbability": True}
        made["extensions"] = {**inner, **chance}
    return made


def _renamed(entry: Json, names: dict[str, str]) -> Json:
    return {names.get(key, key): value for key, value in entry.items()}


_AGNAI = {"keywords": "keys", "entry": "content", "weight": "insertion_order"}
_NOVELAI = {"text": "content", "displayName": "comment", "forceActivation": "constant"}
_RISU = {
    "key": "keys",
    "secondkey": "secondary_keys",
    "insertorder": "insertion_order",
    "alwaysActive": "constant",
    "useRegex": "use_regex",
}
_OF_CHARACTERS = ("first_mes", "char_name", "persona", "greeting", "character_book")


def as_lorebook_v3(book: BookFields) -> Json:
    """Of the third specification of cards."""
    data = book_as_written([book])
    data["extensions"], beside = parted(data["extensions"])
    return {**beside, "spec": SPEC, "data": data}


def as_world_info(book: BookFields) -> Json:
    """Of SillyTavern: the entries by their numbers."""
    made = [entry_as_world_info(entry.card, entry.options) for entry in book.entries]
    known = {str(entry.get("uid")) for entry in made}
    free = (number for number in count() if str(number) not in known)
    entries: dict[str, Json] = {}
    for entry in made:
        uid = entry.get("uid")
        if type(uid) not in (int, str) or str(uid) in entries:
            entry = _numbered(entry, next(free))
        entries[str(entry["uid"])] = entry
    return book_options_as_written(book) | {"entries": entries}


def _numbered(entry: Json, uid: int) -> Json:
    """With another number than it came with, which it keeps."""
    came = {"id": entry["uid"]} if "uid" in entry else {}
    inner = with_beside(mapping(entry.get("extensions")), came)
    return entry | {"uid": uid} | ({"extensions": inner} if inner else {})
