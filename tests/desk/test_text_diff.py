"""Two texts are compared by the word, whatever they are, in time that does not run away."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.desk.text_diff import KEPT, MOST_STEPS, Part, compared, compared_items, shortened
from roleplay.prompt.work import Work

LONG = 16_000  # code points


def told(parts: list[Part], kind: str) -> str:
    """One side of it: what is the same, and what is gone or new."""
    return "".join(text for each, text in parts if each in ("same", kind))


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("", "", []),
        ("", "She waits.", [("new", "She waits.")]),
        ("She waits.", "", [("gone", "She waits.")]),
        ("She waits.", "She waits.", [("same", "She waits.")]),
        ("She waits here.", "She waits.", [("same", "She waits"), ("gone", " here"), ("same", ".")]),
        ("it's late", "it’s late", [("gone", "it's"), ("new", "it’s"), ("same", " late")]),
        ("雨停了。", "雨没停。", [("same", "雨"), ("gone", "停了"), ("new", "没停"), ("same", "。")]),
        ("a\n\nb", "a\nb", [("same", "a\n"), ("gone", "\n"), ("same", "b")]),
        ("The ferry sank.", "Nobody knows why.", [("gone", "The ferry sank."), ("new", "Nobody knows why.")]),
    ],
)  # fmt: skip
def test_what_is_told(old: str, new: str, parts: list[Part]):
    assert compared(old, new) == parts


def test_a_crumb_between_two_changes_is_no_stretch_of_its_own():
    parts = compared("They wait for the red fox a while", "They wait for the old cat a while")

    assert parts == [
        ("same", "They wait for the "),
        ("gone", "red fox"),
        ("new", "old cat"),
        ("same", " a while"),
    ]


def test_items_that_changed_are_compared_one_by_one():
    parts = compared_items(["The river moved.", "No."], ["The river moves.", "Two bends."])

    assert parts[:4] == [("same", "The river "), ("gone", "moved"), ("new", "moves"), ("same", ".")]


def test_only_the_ends_of_a_long_stretch_are_shown():
    long = "0123456789" * 30

    assert shortened([("same", long), ("gone", long), ("same", long), ("new", "x"), ("same", long)]) == [
        ("same", "…" + long[-KEPT:]),
        ("gone", long),
        ("same", f"{long[:KEPT]}…{long[-KEPT:]}"),
        ("new", "x"),
        ("same", long[:KEPT] + "…"),
    ]


def test_a_short_stretch_is_shown_as_it_is():
    parts: list[Part] = [("same", "She waits "), ("new", "here"), ("same", ".")]

    assert shortened(parts) == parts


WORST = {
    "words that repeat": ("a b " * (LONG // 4), "b a a " * (LONG // 6)),
    "other words": (
        "".join(f"w{n} " for n in range(LONG // 6)),
        "".join(f"v{n} " for n in range(LONG // 6)),
    ),
    "Chinese": ("的一是" * (LONG // 3), "是的了一" * (LONG // 4)),
    "lines": ("a\nb\n" * (LONG // 4), "b\na\na\n" * (LONG // 6)),
    "one word": ("a" * LONG, "b" * LONG),
    "a word put before": ("a " * (LONG // 2), "b " + "a " * (LONG // 2 - 40)),
}


class Counted(Work):
    """Remembers what was spent."""

    spent = 0

    def spend(self, cost: int) -> bool:
        self.spent += cost
        return super().spend(cost)


@pytest.mark.parametrize("name", WORST)
def test_the_longest_texts_take_a_bounded_number_of_steps(name: str):
    old, new = WORST[name]
    work = Counted(MOST_STEPS)

    parts = compared(old, new, work)

    assert (told(parts, "gone"), told(parts, "new")) == (old, new)
    assert 0 < work.spent < 1.1 * MOST_STEPS


def test_where_no_step_is_left_the_whole_is_told():
    assert compared("She waits here.", "She waits there.", Work(0)) == [
        ("gone", "She waits here."),
        ("new", "She waits there."),
    ]


PIECES = st.sampled_from(
    [
        "She",
        "she",
        " ",
        "  ",
        "waits",
        ".",
        "?!",
        "\n",
        "\n\n",
        "河",
        "的",
        "。",
        "’s",
        "_",
        "…”",
        "\x00",
        "é",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=60).map("".join)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_both_texts_are_in_the_parts(old: str, new: str):
    parts = compared(old, new)

    assert (told(parts, "gone"), told(parts, "new")) == (old, new)
    assert all(text for _kind, text in parts)


@settings(deadline=None)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), PIECES), max_size=4))
def test_a_text_that_was_mended_here_and_there(old: str, mended: list[tuple[int, str]]):
    new = old
    for at, piece in mended:
        new = new[:at] + piece + new[at:]

    parts = compared(old, new)

    assert (told(parts, "gone"), told(parts, "new")) == (old, new)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_what_is_shortened_keeps_every_change(old: str, new: str):
    parts = compared(old, new)

    assert [part for part in shortened(parts) if part[0] != "same"] == [
        part for part in parts if part[0] != "same"
    ]
