"""When the system prompt is said again, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.prompt.reinforcement import is_due, place
from roleplay.prompt.values import Line


def path(marks: str) -> list[Line]:
    """A line for each mark: `u` a user's, `r` a reply, `R` a reply that was reinforced."""
    return [
        Line("user" if mark == "u" else "assistant", "x", "said", depth, reinforced=mark == "R")
        for depth, mark in enumerate(marks)
    ]


@pytest.mark.parametrize(
    ("every", "due"),
    [(1, [1, 2, 3, 4, 5, 6, 7, 8, 9]), (2, [2, 4, 6, 8]), (4, [4, 8]), (9, [9]), (10, []), (0, [])],
)
def test_every_nth_reply_is_due(every, due):
    assert replies([every] * 9) == due


def replies(everies: list[int]) -> list[int]:
    """The numbers of those that are due, where N is so at each reply."""
    due: list[int] = []
    for number, every in enumerate(everies, 1):
        if is_due(number, every, due[-1] if due else 0):
            due.append(number)
    return due


@given(st.integers(1, 50), st.integers(1, 1000))
def test_one_of_n_replies_in_a_row_is_due(every, first):
    due = replies([every] * (first + every))

    assert len([number for number in due if first <= number < first + every]) == 1


@given(st.lists(st.integers(1, 20), min_size=1, max_size=80))
def test_a_changed_n_leaves_no_reply_alone_for_longer(everies):
    due = replies(everies)

    for number, every in enumerate(everies, 1):
        before = [each for each in due if each <= number]
        assert number - (before[-1] if before else 1) < every


@pytest.mark.parametrize(
    ("marks", "due", "index"),
    [
        pytest.param("rururu", False, None, id="nowhere before the first is due"),
        pytest.param("ruru", True, 4, id="due: before the reply to be made"),
        pytest.param("", True, 0, id="due at the very beginning"),
        pytest.param("ruRu", False, 2, id="it stays before the reply that was due"),
        pytest.param("ruRuruR uru".replace(" ", ""), False, 6, id="only before the newest"),
        pytest.param("ruRuru", True, 6, id="the older one leaves when the next is due"),
    ],
)
def test_the_one_repeat_has_its_place(marks, due, index):
    assert place(path(marks), due) == index


@given(st.text("urR"), st.text("ur"))
def test_the_repeat_stays_while_no_other_reply_is_due(before, after):
    marked = before + "R"

    assert place(path(marked + after), False) == place(path(marked), False) == len(before)


def test_a_reply_without_text_keeps_its_mark():
    lines = [*path("ru"), Line("assistant", "Mira", "", 2, reinforced=True), *path("u")]

    assert place(lines, False) == 2
