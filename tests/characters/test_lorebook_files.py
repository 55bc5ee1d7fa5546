"""Lorebook files: those of other programs are read, and what came in goes out again, unknown keys included."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings

from characters.books import OPTIONS
from characters.cards.books import BOOK_FORMATS, ReadBook, book_exported, book_taken_in
from characters.cards.importing import imported, read_any
from characters.cards.limits import MOST_ENTRIES, CardError
from characters.models import Lorebook
from tests.cards import written
from tests.characters.test_card_round_trip import SOUND, lost
from tests.dirty_books import lorebooks, world_infos

pytestmark = pytest.mark.django_db
slowly = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def taken(file: Any, owner: User, name: str = "River.json") -> Lorebook:
    found = read_any(file if isinstance(file, bytes) else written(file), name=name)
    assert isinstance(found, ReadBook)
    return book_taken_in(found, owner=owner)


def gone(book: Lorebook, format: Any) -> Any:
    return json.loads(book_exported(book, format))


def said(book: Lorebook) -> list[Any]:
    """All that is known of it, entry by entry."""
    told = [{name: getattr(entry, name) for name in OPTIONS} for entry in book.entries.order_by("pk")]
    return [book.title, book.scan_depth, book.token_budget, book.recursive, *told]


@given(file=world_infos)
@slowly
def test_a_world_info_file_goes_out_as_it_came(ada: User, file: dict[str, Any]):
    went = gone(taken(file, ada), "world-info")

    assert list(went["entries"]) == list(file["entries"])
    for uid, entry in file["entries"].items():
        unsound = {key for key in ("key", "keysecondary") if key in entry and not SOUND["keys"](entry[key])}
        assert went["entries"][uid].keys() == entry.keys()
        assert {key: went["entries"][uid][key] for key in entry.keys() - unsound} == {
            key: entry[key] for key in entry.keys() - unsound
        }
        assert all(SOUND["keys"](went["entries"][uid][key]) for key in unsound)
    beside = {key for key in file if key != "entries" and (key != "name" or file["name"].strip())}
    assert {key: went[key] for key in beside} == {key: file[key] for key in beside}


@given(file=lorebooks)
@slowly
def test_a_v3_lorebook_goes_out_as_it_came(ada: User, file: dict[str, Any]):
    went = gone(taken(file, ada), "lorebook-v3")

    named = file["data"].get("name", "").strip()
    came = {key: value for key, value in file["data"].items() if key != "name" or named}
    assert lost(came, went["data"], "character_book") == []
    assert {key: value for key, value in went.items() if key != "data"} == {
        key: value for key, value in file.items() if key != "data"
    }


@pytest.mark.parametrize("format", BOOK_FORMATS)
@given(file=world_infos | lorebooks)
@slowly
def test_either_format_says_the_same(ada: User, format: Any, file: dict[str, Any]):
    first = taken(file, ada)
    second = taken(book_exported(first, format), ada)

    assert said(second) == said(first)
    assert gone(second, format) == gone(first, format)


@given(file=lorebooks)
@slowly
def test_what_only_cards_know_outlives_a_world_info_file(ada: User, file: dict[str, Any]):
    first = taken(file, ada)
    again = taken(book_exported(first, "world-info"), ada)

    back = gone(again, "lorebook-v3")["data"]["entries"]
    assert len(back) == first.entries.count()
    for came, went in zip(first.entries.order_by("pk"), back, strict=True):
        assert came.card is not None
        unknown = {key: value for key, value in came.card.items() if key[:2] == "x_" or key in ONLY_OF_CARDS}
        assert {key: went.get(key, ...) for key in unknown} == unknown


ONLY_OF_CARDS = ("name", "priority", "use_regex", "id")
FILES: dict[str, Any] = {
    "SillyTavern": {
        "entries": {
            "7": {"uid": 7, "key": ["mill"], "keysecondary": ["fire"], "comment": "Mill", "content": "It burnt.",
                  "selective": True, "constant": False, "disable": True, "order": 9, "position": 1}
        }
    },
    "V3": {
        "spec": "lorebook_v3",
        "data": {
            "entries": [{"keys": ["mill"], "secondary_keys": ["fire"], "name": "Mill", "content": "It burnt.",
                         "selective": True, "enabled": False, "insertion_order": 9, "position": "after_char",
                         "use_regex": False, "extensions": {}}]
        },
    },
    "a card's book alone": {
        "entries": [{"keys": ["mill"], "secondary_keys": ["fire"], "comment": "Mill", "content": "It burnt.",
                     "selective": True, "enabled": False, "insertion_order": 9, "position": "after_char"}]
    },
}  # fmt: skip
OTHERS = {
    "Agnai": {
        "kind": "memory", "name": "World", "description": "",
        "entries": [{"name": "Mill", "entry": "It burnt.", "keywords": ["mill"], "priority": 3, "weight": 9,
                     "enabled": False}],
    },
    "RisuAI": {
        "type": "risu", "ver": 1,
        "data": [{"key": "mill, miller", "secondkey": "fire", "insertorder": 9, "comment": "Mill",
                  "content": "It burnt.", "mode": "normal", "alwaysActive": True, "selective": True,
                  "activationPercent": 40, "useRegex": False}],
    },
    "NovelAI": {
        "lorebookVersion": 5,
        "entries": [{"text": "It burnt.", "displayName": "Mill", "keys": ["mill"], "enabled": False,
                     "contextConfig": {"budgetPriority": 9}, "forceActivation": False, "id": "a-b"}],
    },
}  # fmt: skip


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_the_shape_makes_no_difference(ada: User, file: dict[str, Any]):
    book = taken(file, ada, "The River.json")

    entry = book.entries.get()
    assert (book.title, book.owner) == ("The River", ada)
    assert (entry.title, entry.keys, entry.secondary_keys) == ("Mill", ["mill"], ["fire"])
    assert (entry.content, entry.selective, entry.enabled) == ("It burnt.", True, False)
    assert (entry.order, entry.place) == (9, "after")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Agnai", {"keys": ["mill"], "enabled": False}),
        (
            "RisuAI",
            {"keys": ["mill", "miller"], "secondary_keys": ["fire"], "constant": True, "probability": 40},
        ),
        ("NovelAI", {"keys": ["mill"], "enabled": False, "constant": False}),
    ],
)
def test_files_of_other_programs(ada: User, name: str, expected: dict[str, Any]):
    entry = taken(OTHERS[name], ada).entries.get()

    assert {key: getattr(entry, key) for key in expected} == expected
    assert (entry.title, entry.content, entry.order) == ("Mill", "It burnt.", 9)


def test_a_pattern_of_risu_may_hold_commas(ada: User):
    entry = {"key": "/mil{1,2}/i", "useRegex": True, "insertorder": 1, "content": "", "alwaysActive": False}

    assert taken({"type": "risu", "data": [entry]}, ada).entries.get().keys == ["/mil{1,2}/i"]


def test_what_was_changed_here_goes_out_changed_and_the_rest_as_it_came(ada: User):
    came = {"uid": 7, "key": "mill, fire", "content": "It burnt.", "disable": "false", "x": [1]}
    book = taken({"entries": {"7": came}, "x": 1}, ada)
    book.entries.update(content="It stands.", depth=2)
    Lorebook.objects.filter(pk=book.pk).update(title="Mills")
    book.refresh_from_db()

    changed = {**came, "key": ["mill", "fire"], "content": "It stands.", "depth": 2}
    went = gone(book, "world-info")
    data = gone(book, "lorebook-v3")["data"]

    assert went == {"name": "Mills", "x": 1, "entries": {"7": changed}}
    assert (data["name"], data["x"], data["entries"][0]["x"]) == ("Mills", 1, [1])
    assert data["entries"][0]["keys"] == ["mill", "fire"]


def test_two_entries_of_one_number_are_both_there(ada: User):
    book = taken({"entries": [{"uid": 1, "key": ["a"]}, {"uid": 1, "key": ["b"]}, {"key": ["c"]}]}, ada)

    entries = gone(book, "world-info")["entries"]

    assert [entry["key"] for entry in entries.values()] == [["a"], ["b"], ["c"]]
    assert all(str(entry["uid"]) == uid for uid, entry in entries.items())


def test_a_book_is_no_card():
    with pytest.raises(CardError, match="This is a lorebook, and no card"):
        imported(written(FILES["V3"]))


def test_a_book_with_too_many_entries_is_refused(ada: User):
    with pytest.raises(CardError, match="more than 5000 entries"):
        taken({"entries": [{"key": []}] * (MOST_ENTRIES + 1)}, ada)
    assert not Lorebook.objects.exists()
