"""What is left to chance, and of which entries one alone is told."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.prompt.books import book, entry, said, told, why_not

DRAGON = ("Nothing yet.", "A red Dragon sleeps.")


@pytest.mark.parametrize(("percent", "least", "most"), [(0, 0, 0), (30, 230, 370), (100, 1000, 1000)])
def test_probability(percent, least, most):
    one = book(entry("it", "dragon", probability=percent))
    lucky = [told(said(one, messages=DRAGON, seed=str(number))) for number in range(1000)]

    assert least <= sum(map(bool, lucky)) <= most
    assert lucky[0] == told(said(one, messages=DRAGON, seed="0"))


def test_a_throw_that_failed_is_not_thrown_again_in_the_same_prompt():
    entries = [entry("a", "dragon", content="dragon"), entry("b", "dragon", probability=0)]

    assert why_not(said(book(*entries, recursive=True), messages=DRAGON)) == {"b": "probability"}


@pytest.mark.parametrize(
    ("options", "winner"),
    [
        pytest.param([{"group_override": True}, {}], "0", id="one is to win"),
        pytest.param(
            [{"group_override": True, "order": 1}, {"group_override": True, "order": 2}], "1", id="the highest of them"
        ),
        pytest.param(
            [{"group_scoring": True}, {"group_scoring": True, "keys": ("dragon", "red")}], "1", id="most keys"
        ),
        pytest.param(
            [{"group_scoring": True}, {"group_scoring": True, "secondary_keys": ("red",)}], "1", id="secondary ones, too"
        ),
        pytest.param([{"group_weight": 0}, {"group_weight": 100}], "1", id="by weight"),
    ],
)  # fmt: skip
def test_of_a_group_one_is_told(options, winner):
    entries = [
        entry(str(at), **{"keys": ("dragon",), "group": "g", **each}) for at, each in enumerate(options)
    ]

    lore = said(book(*entries), messages=DRAGON)

    assert told(lore) == [winner]
    assert set(why_not(lore).values()) == {"group"}


def test_weights_decide_how_often():
    one = book(
        entry("heavy", "dragon", group="g", group_weight=300),
        entry("light", "dragon", group="g", group_weight=100),
    )
    winners = Counter(told(said(one, messages=DRAGON, seed=str(number)))[0] for number in range(1000))

    assert 680 <= winners["heavy"] <= 820


def test_who_wins_in_one_group_leaves_none_beside_it_in_any():
    entries = [
        entry("both", "dragon", group="a, b", group_override=True),
        entry("a", "dragon", group="a"),
        entry("b", "dragon", group="b"),
        entry("none", "dragon"),
    ]

    assert sorted(told(said(book(*entries), messages=DRAGON))) == ["both", "none"]


def test_who_comes_later_finds_its_group_taken():
    entries = [
        entry("first", "dragon", group="g", content="hoard"),
        entry("second", "hoard", group="g"),
    ]

    assert told(said(book(*entries, recursive=True), messages=DRAGON)) == ["first"]
