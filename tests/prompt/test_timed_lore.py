"""What stays (sticky), rests (cooldown) and how that ends, in messages."""

from __future__ import annotations

import pytest

from roleplay.prompt.lorebook.values import Timed
from tests.prompt.books import book, entry, said, told

DRAGON = ("Nothing yet.", "A red Dragon sleeps.")


def timed_of(*steps: tuple[int, bool], **options: int) -> list[bool]:
    """Whether the entry is told at each length of the conversation, where its key is said or not."""
    one, timed, shown = book(entry("it", "dragon", **options)), Timed(), []
    for length, spoken in steps:
        lore = said(one, messages=DRAGON if spoken else ("Well.",), timed=timed, length=length)
        timed = Timed.of_json(lore.timed.as_json())
        shown.append(bool(told(lore)))
    return shown


@pytest.mark.parametrize(
    ("options", "steps", "shown"),
    [
        pytest.param({"sticky": 4}, [(2, True), (4, False), (6, False)], [True, True, False], id="it stays"),
        pytest.param({"cooldown": 4}, [(2, True), (4, True), (6, True)], [True, False, True], id="it rests"),
        pytest.param(
            {"sticky": 4, "cooldown": 4},
            [(2, True), (4, True), (6, True), (8, True), (10, True)],
            [True, True, False, False, True],
            id="it stays, then it rests from there",
        ),
        pytest.param({"sticky": 4}, [(2, True), (2, False)], [True, False], id="not where nothing went on"),
        pytest.param(
            {"sticky": 3}, [(2, True), (4, True), (6, False)], [True, True, False], id="it is not begun anew"
        ),
    ],
)
def test_what_stays_and_rests(options, steps, shown):
    assert timed_of(*steps, **options) == shown


def test_a_changed_entry_does_not_stay():
    timed = said(book(entry("it", "dragon", sticky=9)), messages=DRAGON, length=2).timed

    assert not told(said(book(entry("it", "dragon", sticky=9, order=5)), timed=timed, length=4))


def test_what_belongs_to_a_book_that_is_missing_runs_on():
    timed = said(book(entry("it", "dragon", sticky=9)), messages=DRAGON, length=2).timed

    assert said(book(entry("other")), timed=timed, length=4).timed == timed
    assert not said(book(entry("other")), timed=timed, length=11).timed
