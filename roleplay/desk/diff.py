"""What differs between two definitions, for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from characters.models import Character
from characters.versions import Definition
from roleplay.words import FIELDS

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True)
class Change:
    """`field` is a key of `Definition`; `parts` are pieces of its text in their order."""

    field: str
    label: str
    parts: list[tuple[Kind, str]]


def changes(old: Definition, new: Definition) -> list[Change]:
    return [
        Change(key, _label(key), [("gone", _text(old.get(key))), ("new", _text(new.get(key)))])
        for key in new
        if old.get(key) != new.get(key)
    ]


def _label(key: str) -> str:
    field: Any = Character._meta.get_field(key)
    return str(FIELDS.get(key) or field.verbose_name)


def _text(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value if value is not None else "")
