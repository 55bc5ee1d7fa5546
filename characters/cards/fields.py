"""The `data` of a card <-> the columns and parts of a character.

What nobody changed since it came is written again as it came, unknown keys included. What only this program knows
of a character travels in `extensions.roleplay`.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from characters.cards.jsons import Json
from characters.cards.lenient import mapping, number, text, texts
from characters.cards.lore import BookFields, book_as_written, books_of
from characters.cards.shapes import SPECS, V1
from characters.cards.world_info import OWN
from characters.models import Character

# Columns -> keys of a card.
TEXTS = {
    "description": "description",
    "personality": "personality",
    "scenario": "scenario",
    "examples": "mes_example",
    "system_prompt": "system_prompt",
    "post_history": "post_history_instructions",
    "creator": "creator",
    "creator_notes": "creator_notes",
}
# Columns that no card has.
OWN_COLUMNS = (
    "tagline",
    "language",
    "hue",
    "background",
    "speech",
    "rules",
    "reply_prefix",
    "reinforce_every",
    "reminder",
    "never_says",
    "calls_user",
    "begins_with",
    "ends_with",
    "keeps_language",
    "most_words",
    "reports_only",
    "when_cut",
    "may_be_machine",
    "open_definition",
)
_CHINESE = ("\u3400", "\u9fff")


@dataclass(frozen=True)
class CardFields:
    """`columns` are those of a `Character`; the others are its parts."""

    columns: Json
    greetings: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    situations: list[tuple[str, str]] = field(default_factory=list)
    books: list[BookFields] = field(default_factory=list)


def fields_of(data: Json, *, name: str = "") -> CardFields:
    """What a card says, as far as it makes sense. `name`: of the file, for a card without one."""
    inner = mapping(data.get("extensions"))
    own = mapping(inner.get(OWN))
    greetings = [text(data.get("first_mes")), *texts(data.get("alternate_greetings"))]
    columns: Json = {column: text(data.get(key)) for column, key in TEXTS.items()}
    columns |= {
        "name": (text(data.get("name")).strip() or name or "?")[:64].strip(),
        "nickname": text(data.get("nickname")).strip()[:64],
        "tags": list(dict.fromkeys(texts(data.get("tags")))),
        "language": _language(columns["description"] + "".join(greetings)),
        **_depth_prompt(mapping(inner.get("depth_prompt"))),
        **{column: value for column in OWN_COLUMNS if (value := _own(column, own)) is not None},
    }
    pairs = (each for each in own.get("situations", ()) if isinstance(each, list) and len(each) == 2)
    book = data.get("character_book")
    return CardFields(
        columns,
        greetings=[each for each in greetings if each.strip()],
        quotes=texts(own.get("quotes")) if isinstance(own.get("quotes"), list) else [],
        situations=[(text(when)[:500], text(then)) for when, then in pairs],
        books=books_of(book) if isinstance(book, dict) and book.get("entries") else [],
    )


def data_as_written(data: Json, now: CardFields) -> Json:
    """The card's `data` as it came, with what the character is `now`."""
    made: Json = deepcopy(data)
    came = fields_of(data)
    for column, key in (*TEXTS.items(), ("name", "name"), ("nickname", "nickname")):
        if now.columns[column] != came.columns[column] or not isinstance(made.get(key), str):
            made[key] = now.columns[column]
    if not made["nickname"] and "nickname" not in data:
        del made["nickname"]
    if now.columns["tags"] != came.columns["tags"] or not _are_texts(made.get("tags")):
        made["tags"] = now.columns["tags"]
    sound = isinstance(made.get("first_mes"), str) and _are_texts(made.get("alternate_greetings"))
    if now.greetings != came.greetings or not sound:
        made["first_mes"] = now.greetings[0] if now.greetings else ""
        made["alternate_greetings"] = now.greetings[1:]
    if not _are_texts(made.get("group_only_greetings")):
        made["group_only_greetings"] = texts(made.get("group_only_greetings"))
    if not isinstance(made.get("character_version"), str):
        made["character_version"] = text(made.get("character_version"))
    inner = made["extensions"] = mapping(made.get("extensions"))
    _write_depth_prompt(inner, now.columns, came.columns)
    before = _said(came)
    if data and "hue" not in before:
        before["hue"] = now.columns["hue"]  # its picture brought it
    if _said(now) != before:
        kept = {key: value for key, value in mapping(inner.get(OWN)).items() if key not in OWN_COLUMNS}
        inner[OWN] = kept | _said(now)
    if now.books:
        made["character_book"] = book_as_written(now.books)
    elif came.books:
        del made["character_book"]
    return made


def card_as_written(card: Json, data: Json, spec: str) -> Json:
    """The whole object under a specification. The keys beside its `data` stay; those of the first specification, which
    some programs double there, say what was changed of them.
    """
    beside = {key: value for key, value in card.items() if key not in ("spec", "spec_version", "data")}
    came = mapping(card.get("data"))
    beside |= {
        key: data[key]
        for key in V1
        if key in beside and isinstance(came.get(key), str) and came[key] != data[key]
    }
    return {**beside, "spec": spec, "spec_version": SPECS[spec], "data": data}


def _own(column: str, own: Json) -> Any:
    """What the card says for a column, if the column can hold it."""
    if own.get(column) is None:
        return None
    made = Character._meta.get_field(column)
    try:
        return made.clean(own[column], None)  # type: ignore[union-attr]
    except (ValidationError, TypeError, ValueError):
        return None


def _said(fields: CardFields) -> Json:
    own = {
        column: fields.columns[column] for column in OWN_COLUMNS if fields.columns.get(column) not in _UNSAID
    }
    return own | {"quotes": fields.quotes, "situations": [list(each) for each in fields.situations]}


_UNSAID: tuple[object, ...] = ("", None, False, [])


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _language(said: str) -> str:
    chinese = sum(_CHINESE[0] <= letter <= _CHINESE[1] for letter in said)
    return "zh" if 3 * chinese > sum(letter.isascii() and letter.isalpha() for letter in said) else "en"


def _depth_prompt(written: Json) -> Json:
    role = written.get("role")
    depth = number(written.get("depth"))
    return {
        "depth_prompt": text(written.get("prompt")),
        "depth_prompt_depth": min(max(depth, 0), 1000) if depth is not None else 4,
        "depth_prompt_role": role if role in ("system", "user", "assistant") else "system",
    }


def _write_depth_prompt(inner: Json, now: Json, came: Json) -> None:
    """Where it is another than it was."""
    keys = {"prompt": "depth_prompt", "depth": "depth_prompt_depth", "role": "depth_prompt_role"}
    if any(now[column] != came[column] for column in keys.values()):
        inner["depth_prompt"] = mapping(inner.get("depth_prompt")) | {
            key: now[column] for key, column in keys.items()
        }
