"""What changed between two definitions of a character, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from django.db.models import Field, Model
from django.utils.translation import gettext as _

from characters.books import OPTIONS, BookValue
from characters.models import Character, Greeting, Lorebook, LoreEntry, Quote, Situation
from characters.versions import Definition
from roleplay.desk.forms import CharacterForm
from roleplay.desk.text_diff import Part, compared, compared_items, shortened
from roleplay.words import FIELDS

# What a version lacks that was kept before there was such a thing.
NOTHING: dict[str, Any] = {
    "never_says": [],
    "keeps_language": False,
    "most_words": None,
    "may_be_machine": False,
    "calls_user": "",
    "begins_with": "",
    "ends_with": "",
    "reports_only": [],
    "when_cut": "",
    "system_prompt": "",
    "post_history": "",
    "depth_prompt": "",
    "depth_prompt_depth": 4,
    "depth_prompt_role": "system",
    "reminder": "",
    "tags": [],
    "tagline": "",
    "creator": "",
    "creator_notes": "",
    "lorebooks": [],
}
_PARTS: dict[str, type[Model]] = {"quotes": Quote, "situations": Situation, "greetings": Greeting}
_BOOK_OPTIONS = ("scan_depth", "token_budget", "recursive")


@dataclass(frozen=True)
class Change:
    """`field` is a key of `Definition`, `label` what people call it; of a lorebook, with its title and its entry's."""

    field: str
    label: str
    parts: list[Part]


def changes(old: Definition, new: Definition) -> list[Change]:
    """Each field that changed, in their order: what is gone, what is new, and what stands beside it."""
    before, after = NOTHING | cast(dict[str, Any], old), NOTHING | cast(dict[str, Any], new)
    changed = [field for field in Definition.__annotations__ if before[field] != after[field]]
    return [change for field in changed for change in _changes(field, before[field], after[field])]


def label_of(field: str) -> str:
    if field in FIELDS:
        return str(FIELDS[field])
    if field in _PARTS:
        return str(_PARTS[field]._meta.verbose_name_plural)
    return str(_option(Character, field).verbose_name)


def _changes(field: str, old: Any, new: Any) -> Iterator[Change]:
    if field == "lorebooks":
        yield from _of_books(old, new)
    else:
        yield Change(field, label_of(field), _parts(field, old, new))


def _parts(field: str, old: Any, new: Any) -> list[Part]:
    if field == "picture":
        return _picture(old, new)
    if field == "situations":
        return shortened(compared_items(_situations(old), _situations(new)))
    if field == "reports_only":
        return compared_items(_lines(map(_check, old)), _lines(map(_check, new)))
    if isinstance(new, list):
        return shortened(compared_items(_lines(old), _lines(new)))
    return _values(_option(Character, field), old, new)


def _values(option: Field[Any, Any], old: Any, new: Any) -> list[Part]:
    """Of a text by words; of anything else, the one and the other."""
    if isinstance(old, str) and isinstance(new, str) and not option.choices:
        return shortened(compared(old, new))
    return [("gone", _said(option, old)), ("new", _said(option, new))]


def _said(option: Field[Any, Any], value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return str(dict(option.flatchoices).get(value, value)) if value is not None else "–"


def _check(name: str) -> str:
    choices = dict(CharacterForm.base_fields["reports_only"].choices)  # type: ignore[attr-defined]
    return str(choices.get(name, name))


def _picture(old: str, new: str) -> list[Part]:
    parts: list[Part] = [("gone", _("the picture of before"))] if old else []
    return [*parts, ("new", _("another picture"))] if new else parts


def _lines(items: Iterable[str]) -> list[str]:
    return [f"{item}\n" for item in items]


def _situations(pairs: list[list[str]]) -> list[str]:
    return [f"{when} → {then}\n" for when, then in pairs]


_Title = tuple[str, int]  # of those that are called the same, the how-manieth


class _Titled(NamedTuple):
    """A book or an entry."""

    model: type[Model]
    options: tuple[str, ...]
    values: Mapping[str, Any]


def _of_books(old: list[BookValue], new: list[BookValue]) -> Iterator[Change]:
    """Books and entries that came or went, by their titles; then each that changed."""
    before, after = _titled(old), _titled(new)
    titles = compared_items(_lines(map(_called, before)), _lines(map(_called, after)))
    if any(kind != "same" for kind, _text in titles):
        yield Change("lorebooks", label_of("lorebooks"), shortened(titles))
    for title, titled in after.items():
        if title in before and (parts := _of_options(before[title].values, titled)):
            yield Change("lorebooks", f"{label_of('lorebooks')}: {_called(title)}", parts)


def _of_options(old: Mapping[str, Any], new: _Titled) -> list[Part]:
    parts: list[Part] = []
    for name in new.options:
        if name in old and name in new.values and old[name] != new.values[name]:
            option = _option(new.model, name)
            changed = _values(option, old[name], new.values[name])
            parts += [("same", f"{option.verbose_name}: "), *changed, ("same", "\n")]
    return parts


def _titled(books: Iterable[BookValue]) -> dict[_Title, _Titled]:
    titled: dict[_Title, _Titled] = {}
    seen: Counter[str] = Counter()

    def add(title: str, each: _Titled) -> None:
        seen[title] += 1
        titled[title, seen[title]] = each

    for book in books:
        add(book["title"], _Titled(Lorebook, _BOOK_OPTIONS, cast(Mapping[str, Any], book)))
        for entry in book["entries"]:
            name = entry.get("title") or ", ".join(map(str, entry.get("keys", ())[:3]))
            add(f"{book['title']} / {name}", _Titled(LoreEntry, OPTIONS, entry))
    return titled


def _called(title: _Title) -> str:
    words, number = title
    return words if number == 1 else f"{words} ({number})"


def _option(model: type[Model], name: str) -> Field[Any, Any]:
    return cast("Field[Any, Any]", model._meta.get_field(name))
