"""What changed between two versions of a character is told by words, items and values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from characters.versions import Definition
from roleplay.desk.diff import NOTHING, Change, changes, label_of
from roleplay.desk.text_diff import Part
from tests.desk.definitions import MIRA, book, mira


def test_of_what_is_the_same_nothing_is_told():
    assert changes(mira(), mira()) == []


@pytest.mark.parametrize(
    ("field", "old", "new", "told"),
    [
        ("nickname", "Mira", "", [("gone", "Mira")]),
        ("name", "Mira", "Mira Vance", [("same", "Mira"), ("new", " Vance")]),
        ("rules", "She waits.\nIt rains.", "She waits.\nIt snows.", [("same", "She waits.\nIt "), ("gone", "rains"), ("new", "snows"), ("same", ".")]),
        ("speech", "话短，句子也短。", "话短，句子更短。", [("same", "话短，句子"), ("gone", "也"), ("new", "更"), ("same", "短。")]),
        ("language", "en", "zh", [("gone", "English"), ("new", "中文")]),
        ("hue", 210, 30, [("gone", "210"), ("new", "30")]),
        ("most_words", None, 200, [("gone", "–"), ("new", "200")]),
        ("keeps_language", True, False, [("gone", "yes"), ("new", "no")]),
        ("depth_prompt_role", "system", "assistant", [("gone", "system"), ("new", "character")]),
        ("picture", "", "ab12", [("new", "another picture")]),
        ("picture", "ab12", "", [("gone", "the picture of before")]),
        ("picture", "ab12", "cd34", [("gone", "the picture of before"), ("new", "another picture")]),
        ("tags", ["Slow", "Dry"], ["Slow", "Kind", "Dry"], [("same", "Slow\n"), ("new", "Kind\n"), ("same", "Dry\n")]),
        ("quotes", ["No."], ["No.", "Two bends."], [("same", "No.\n"), ("new", "Two bends.\n")]),
        ("quotes", ["The river moved."], ["The river moved again."], [("same", "The river moved"), ("new", " again"), ("same", ".\n")]),
        ("situations", [["it rains", "she waits."]], [], [("gone", "it rains → she waits.\n")]),
        ("never_says", ["okay"], ["okay", "/sails?/"], [("same", "okay\n"), ("new", "/sails?/\n")]),
        ("reports_only", [], ["machine"], [("new", "Speaks as a machine\n")]),
    ],
)  # fmt: skip
def test_a_field_that_changed(field: str, old: Any, new: Any, told: list[Part]):
    (change,) = changes(mira(**{field: old}), mira(**{field: new}))

    assert change == Change(field, label_of(field), told)


def test_fields_are_called_as_people_know_them():
    assert [label_of(field) for field in ("speech", "quotes", "never_says", "lorebooks")] == [
        "manner of speech",
        "quotes",
        "never says",
        "lorebooks",
    ]


@pytest.mark.parametrize("field", Definition.__annotations__)
def test_every_field_is_called_something(field: str):
    assert label_of(field)


def test_long_stretches_that_did_not_change_are_shortened():
    words = "the river moves " * 20

    (change,) = changes(mira(rules=f"{words}East {words}"), mira(rules=f"{words}East wind {words}"))

    before, changed, after = change.parts
    assert (changed, before[0], after[0]) == (("new", "wind "), "same", "same")
    assert before[1].startswith("…")
    assert before[1].endswith("river moves East ")
    assert after[1].startswith("the river moves")
    assert after[1].endswith("…")


def test_what_a_version_of_old_lacks_did_not_change():
    of_old = mira(never_says=[], keeps_language=False)
    for name in NOTHING:
        del of_old[name]  # type: ignore[misc]

    assert changes(of_old, mira(never_says=[], keeps_language=False)) == []
    assert [change.field for change in changes(of_old, mira())] == ["never_says", "keeps_language"]


def test_nothing_is_what_a_new_character_has():
    assert {name: MIRA[name] for name in NOTHING} | {"never_says": [], "keeps_language": False} == NOTHING


def test_entries_that_come_and_go_are_told_by_their_titles():
    old, new = (
        book({"title": "Ferry"}, {"title": "Oar"}),
        book({"title": "Oar"}, {"title": "", "keys": ["mill", "sail"]}),
    )

    (change,) = changes(mira(lorebooks=[old]), mira(lorebooks=[new]))

    assert change == Change(
        "lorebooks",
        "lorebooks",
        [
            ("same", "World\n"),
            ("gone", "World / Ferry\n"),
            ("same", "World / Oar\n"),
            ("new", "World / mill, sail\n"),
        ],
    )


def test_an_entry_that_changed_is_told_by_its_options():
    old = book({"keys": ["ferry"], "probability": 100}, token_budget=300)
    new = book({"keys": ["boat"], "content": "It sank at noon.", "probability": 50, "whole_words": True})

    of_book, of_entry = changes(mira(lorebooks=[old]), mira(lorebooks=[new]))

    assert of_book == Change(
        "lorebooks",
        "lorebooks: World",
        [("same", "at most so many tokens: "), ("gone", "300"), ("new", "–"), ("same", "\n")],
    )
    assert of_entry.label == "lorebooks: World / Ferry"
    assert "".join(text for kind, text in of_entry.parts if kind != "gone") == (
        "what the model is told: It sank at noon.\nkeys: boat\nwhole words alone: yes\nprobability in percent: 50\n"
    )


def test_of_entries_that_are_called_the_same_each_is_told():
    old, new = book({}, {}), book({}, {"content": "It burnt."})

    (change,) = changes(mira(lorebooks=[old]), mira(lorebooks=[new]))

    assert change.label == "lorebooks: World / Ferry (2)"


def test_a_book_that_is_read_anew_did_not_change():
    old, new = book({}), book({})
    new["key"] = new["entries"][0]["key"] = "another"

    assert changes(mira(lorebooks=[old]), mira(lorebooks=[new])) == []


TEXTS = st.lists(st.sampled_from(["She", " ", "waits", ".", "\n", "河", "的", "。"]), max_size=30).map(
    "".join
)


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4), TEXTS, TEXTS)
def test_whatever_changed_is_told(old: list[str], new: list[str], before: str, after: str):
    told = changes(mira(quotes=old, rules=before), mira(quotes=new, rules=after))

    assert [change.field for change in told] == ["rules"] * (before != after) + ["quotes"] * (old != new)
    assert all(any(kind != "same" for kind, _text in change.parts) for change in told)
