"""The options of an entry, one by one: where cards have them, and how they are read and written there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from characters.cards.jsons import Json
from characters.cards.lenient import mapping, number, text, texts, truth, within

LOGIC = ("and_any", "not_all", "not_any", "and_all")  # by SillyTavern's number
PLACES = (
    "before",
    "after",
    "note_top",
    "note_bottom",
    "at_depth",
    "examples_top",
    "examples_bottom",
    "outlet",
)
ROLES = ("system", "user", "assistant")
SCANNED = {
    "match_persona_description": "persona",
    "match_character_description": "description",
    "match_character_personality": "personality",
    "match_character_depth_prompt": "depth_prompt",
    "match_scenario": "scenario",
}


@dataclass(frozen=True)
class _Option:
    """`read` takes the entry and its extensions; `write` changes them."""

    read: Callable[[Json, Json], Any]
    write: Callable[[Json, Json, Any], None]


def _plain(key: str, made: Callable[[Any], Any]) -> _Option:
    return _Option(lambda entry, _: made(entry.get(key)), lambda entry, _, value: entry.update({key: value}))


def _inner(key: str, made: Callable[[Any], Any]) -> _Option:
    return _Option(lambda _, inner: made(inner.get(key)), lambda _, inner, value: inner.update({key: value}))


def _count(usual: int, most: int, least: int = 0) -> Callable[[Any], int]:
    def made(value: Any) -> int:
        found = within(value, least, most)
        return usual if found is None else found

    return made


def _flag(usual: bool) -> Callable[[Any], bool]:
    def made(value: Any) -> bool:
        found = truth(value)
        return usual if found is None else found

    return made


def _one_of(choices: tuple[str, ...]) -> Callable[[Any], str]:
    def made(value: Any) -> str:
        if isinstance(value, str) and value in choices:
            return value
        found = number(value)
        return choices[found] if found is not None and 0 <= found < len(choices) else choices[0]

    return made


def _numbered(key: str, choices: tuple[str, ...]) -> _Option:
    return _Option(
        lambda _, inner: _one_of(choices)(inner.get(key)),
        lambda _, inner, value: inner.update({key: choices.index(value)}),
    )


def _read_place(entry: Json, inner: Json) -> str:
    if number(inner.get("position")) is not None:
        return _one_of(PLACES)(inner["position"])
    return "after" if "after" in text(entry.get("position")) else "before"


def _write_place(entry: Json, inner: Json, value: str) -> None:
    entry["position"] = "before_char" if value == "before" else "after_char"
    inner["position"] = PLACES.index(value)


def _read_title(entry: Json, _inner: Json) -> str:
    return (text(entry.get("comment")) or text(entry.get("name")))[:100]


def _write_title(entry: Json, _inner: Json, value: str) -> None:
    entry["name"] = entry["comment"] = value


def _read_case(entry: Json, inner: Json) -> bool | None:
    return truth(entry.get("case_sensitive", inner.get("case_sensitive")))


def _read_probability(_entry: Json, inner: Json) -> int:
    used = _flag(usual=True)(inner.get("useProbability"))
    return _count(100, 100)(inner.get("probability")) if used else 100


def _write_probability(_entry: Json, inner: Json, value: int) -> None:
    inner.update(probability=value, useProbability=True)


def _read_scanned(_entry: Json, inner: Json) -> list[str]:
    return [name for key, name in SCANNED.items() if truth(inner.get(key))]


def _write_scanned(_entry: Json, inner: Json, value: list[str]) -> None:
    inner.update({key: name in value for key, name in SCANNED.items()})


def _filtered(key: str) -> _Option:
    def read(_entry: Json, inner: Json) -> list[str]:
        return texts(mapping(inner.get("characterFilter")).get(key))

    def write(_entry: Json, inner: Json, value: list[str]) -> None:
        inner["characterFilter"] = {**mapping(inner.get("characterFilter")), key: value}

    return _Option(read, write)


OPTIONS = {
    "title": _Option(_read_title, _write_title),
    "content": _plain("content", text),
    "keys": _plain("keys", texts),
    "enabled": _plain("enabled", _flag(usual=True)),
    "constant": _plain("constant", _flag(usual=False)),
    "selective": _plain("selective", _flag(usual=False)),
    "secondary_keys": _plain("secondary_keys", texts),
    "logic": _numbered("selectiveLogic", LOGIC),
    "case_sensitive": _Option(_read_case, lambda entry, _, value: entry.update(case_sensitive=value)),
    "whole_words": _inner("match_whole_words", truth),
    "scan_depth": _inner("scan_depth", lambda value: within(value, 0, 1000)),
    "also_scans": _Option(_read_scanned, _write_scanned),
    "only_names": _filtered("names"),
    "only_tags": _filtered("tags"),
    "only_others": _Option(
        lambda _, inner: bool(truth(mapping(inner.get("characterFilter")).get("isExclude"))),
        lambda _, inner, value: inner.update(
            characterFilter={**mapping(inner.get("characterFilter")), "isExclude": value}
        ),
    ),
    "order": _plain("insertion_order", _count(100, 2_000_000_000, -2_000_000_000)),
    "place": _Option(_read_place, _write_place),
    "depth": _inner("depth", _count(4, 1000)),
    "role": _numbered("role", ROLES),
    "outlet": _inner("outlet_name", lambda value: text(value)[:64]),
    "probability": _Option(_read_probability, _write_probability),
    "group": _inner("group", lambda value: text(value)[:200]),
    "group_override": _inner("group_override", _flag(usual=False)),
    "group_weight": _inner("group_weight", _count(100, 10_000)),
    "group_scoring": _inner("use_group_scoring", truth),
    "sticky": _inner("sticky", _count(0, 10_000)),
    "cooldown": _inner("cooldown", _count(0, 10_000)),
    "delay": _inner("delay", _count(0, 10_000)),
    "exclude_recursion": _inner("exclude_recursion", _flag(usual=False)),
    "prevent_recursion": _inner("prevent_recursion", _flag(usual=False)),
    "delay_until_recursion": _inner("delay_until_recursion", _flag(usual=False)),
    "ignore_budget": _inner("ignore_budget", _flag(usual=False)),
}
