"""Quotes, situations and greetings keep the order that their author gives them."""

from __future__ import annotations

import pytest

from tests.desk.pages import change_page, written


def test_a_part_without_a_number_comes_last(desk, mira):
    rows = [{"id": q.pk, "text": q.text, "position": q.position} for q in mira.quotes.all()]

    desk.post(change_page(mira), written(quotes=[*rows, {"text": "four"}]))

    assert [(quote.position, quote.text) for quote in mira.quotes.all()] == [
        (1, "one"),
        (2, "two"),
        (3, "three"),
        (4, "four"),
    ]


@pytest.mark.parametrize(
    ("moved", "to", "order"),
    [
        ("three", 1, "three one two"),
        ("one", 3, "two three one"),
        ("two", 1, "two one three"),
        ("one", 0, "one two three"),
    ],
    ids=["up to the first", "down to the last", "up by one", "before the first"],
)
def test_a_part_takes_the_place_of_the_number_it_is_given(desk, mira, moved, to, order):
    rows = [
        {"id": q.pk, "text": q.text, "position": to if q.text == moved else q.position}
        for q in mira.quotes.all()
    ]

    desk.post(change_page(mira), written(quotes=rows))

    assert " ".join(quote.text for quote in mira.quotes.all()) == order
    assert [quote.position for quote in mira.quotes.all()] == [1, 2, 3]


def test_a_part_that_is_deleted_leaves_no_gap(desk, mira):
    rows = [{"id": q.pk, "text": q.text, "position": q.position} for q in mira.quotes.all()]

    desk.post(change_page(mira), written(quotes=[rows[0] | {"DELETE": "on"}, *rows[1:]]))

    assert [(quote.position, quote.text) for quote in mira.quotes.all()] == [(1, "two"), (2, "three")]
