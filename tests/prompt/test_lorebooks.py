"""The rules of lorebooks, one by one: SillyTavern's, so that books written for it work unchanged."""

from __future__ import annotations

import pytest

from tests.prompt.books import book, entry, said, told, why_not

DRAGON = ("Nothing yet.", "A red Dragon sleeps.")


@pytest.mark.parametrize(
    ("options", "messages", "found"),
    [
        pytest.param({"keys": ("dragon",)}, DRAGON, True, id="a key is found in any case"),
        pytest.param({"keys": ("wolf", "dragon")}, DRAGON, True, id="one key is enough"),
        pytest.param({"keys": ("wolf",)}, DRAGON, False, id="no key"),
        pytest.param({"keys": ()}, DRAGON, False, id="without keys"),
        pytest.param({"keys": (" ",)}, DRAGON, False, id="a blank key"),
        pytest.param({"keys": ("dragon",), "enabled": False}, DRAGON, False, id="not in use"),
        pytest.param({"keys": ("dragon",), "case_sensitive": True}, DRAGON, False, id="capitals matter"),
        pytest.param({"keys": ("Dragon",), "case_sensitive": True}, DRAGON, True, id="with its capital"),
        pytest.param({"keys": ("drag",)}, DRAGON, True, id="part of a word"),
        pytest.param({"keys": ("drag",), "whole_words": True}, DRAGON, False, id="whole words alone"),
        pytest.param({"keys": ("dragon",), "whole_words": True}, DRAGON, True, id="a whole word"),
        pytest.param({"keys": ("red drag",), "whole_words": True}, DRAGON, True, id="several words are a part"),
        pytest.param({"keys": ("龙",), "whole_words": True}, ("一条龙来了",), True, id="chinese has no words"),
        pytest.param({"keys": ("/d.agon/i",)}, DRAGON, True, id="a pattern"),
        pytest.param({"keys": ("/dragon/",), "case_sensitive": False}, DRAGON, False, id="has its own flags"),
        pytest.param({"keys": ("/(?=d)/", "wolf")}, DRAGON, False, id="one that cannot run never matches"),
        pytest.param({"keys": ("/\\x01ada: a red/i",)}, DRAGON, True, id="messages begin with a mark"),
        pytest.param({"keys": ("ada",)}, DRAGON, True, id="names are scanned"),
        pytest.param({"keys": ("nothing",)}, (*DRAGON, "Well."), False, id="two messages are scanned"),
        pytest.param({"keys": ("nothing",), "scan_depth": 3}, (*DRAGON, "Well."), True, id="or as many as it says"),
        pytest.param({"keys": ("dragon",), "scan_depth": 0}, DRAGON, False, id="or none"),
        pytest.param({"constant": True}, (), True, id="always told"),
        pytest.param({"content": "@@activate\nx"}, (), True, id="a decorator tells it"),
        pytest.param({"keys": ("dragon",), "content": "@@dont_activate\nx"}, DRAGON, False, id="or does not"),
        pytest.param({"keys": ("dragon",), "only_names": ("Mira",)}, DRAGON, True, id="for this character"),
        pytest.param({"keys": ("dragon",), "only_names": ("Zoe",)}, DRAGON, False, id="for another"),
        pytest.param(
            {"keys": ("dragon",), "only_names": ("Mira",), "only_others": True}, DRAGON, False, id="for all others"
        ),
        pytest.param({"keys": ("dragon",), "only_tags": ("sea",)}, DRAGON, True, id="for a tag"),
        pytest.param({"keys": ("dragon",), "only_tags": ("sky",)}, DRAGON, False, id="for another tag"),
        pytest.param({"keys": ("ferry",), "also_scans": ("scenario",)}, DRAGON, True, id="scans the scenario, too"),
        pytest.param({"keys": ("ferry",), "also_scans": ("persona",)}, DRAGON, False, id="and nothing else"),
        pytest.param({"keys": ("dragon",), "delay": 11}, DRAGON, False, id="not before so many messages"),
        pytest.param({"keys": ("dragon",), "delay": 10}, DRAGON, True, id="from then on"),
        pytest.param({"keys": ("dragon",), "delay_until_recursion": True}, DRAGON, False, id="only by others"),
    ],
)  # fmt: skip
def test_what_brings_an_entry_in(options, messages, found):
    lore = said(
        book(entry("it", **options)),
        messages=messages,
        tags=frozenset({"sea"}),
        others={"scenario": "A ferry house."},
    )

    assert told(lore) == ["it"] * found


@pytest.mark.parametrize(
    ("logic", "secondary", "found"),
    [
        ("and_any", ("sleeps", "wakes"), True),
        ("and_any", ("wakes",), False),
        ("not_all", ("sleeps", "wakes"), True),
        ("not_all", ("sleeps", "red"), False),
        ("not_any", ("wakes",), True),
        ("not_any", ("sleeps", "wakes"), False),
        ("and_all", ("sleeps", "red"), True),
        ("and_all", ("sleeps", "wakes"), False),
        ("and_all", (), True),
    ],
)
def test_secondary_keys(logic, secondary, found):
    one = entry("it", "dragon", logic=logic, secondary_keys=secondary)

    assert told(said(book(one), messages=DRAGON)) == ["it"] * found


def test_secondary_keys_count_where_they_are_wanted_alone():
    one = entry("it", "dragon", selective=False, secondary_keys=("wakes",))

    assert told(said(book(one), messages=DRAGON)) == ["it"]


def test_the_lower_order_stands_earlier():
    entries = [entry(str(order), "dragon", order=order) for order in (30, 10, 20)]

    assert told(said(book(*entries), messages=DRAGON)) == ["10", "20", "30"]


def test_of_the_books_the_conversations_come_first_then_the_personas_then_the_characters_then_all():
    books = [
        book(entry(source, "dragon"), key=source, source=source)
        for source in ("everywhere", "character", "persona", "conversation")
    ]

    lore = said(*books, messages=DRAGON, budget=4)

    assert told(lore) == ["conversation"]
    assert why_not(lore) == dict.fromkeys(("persona", "character", "everywhere"), "budget")


def test_what_does_not_fit_stops_everything_but_what_ignores_the_budget():
    entries = [
        entry("large", "dragon", content="x" * 400, order=30),
        entry("small", "dragon", order=20),
        entry("stubborn", "dragon", order=10, ignore_budget=True),
    ]

    lore = said(book(*entries), messages=DRAGON, budget=50)

    assert told(lore) == ["stubborn"]
    assert why_not(lore) == {"large": "budget", "small": "budget"}


def test_a_book_has_a_budget_of_its_own():
    full = book(*(entry(name, "dragon") for name in ("a", "b")), token_budget=1)
    other = book(entry("c", "dragon"), key="other")

    lore = said(full, other, messages=DRAGON)

    assert sorted(told(lore)) == ["a", "c"]
    assert why_not(lore) == {"b": "book_budget"}


def test_what_is_always_told_does_not_give_way_to_what_is_found():
    always = entry("always", constant=True, order=1, content="x" * 100)
    found = entry("found", "dragon", order=99, content="x" * 100)

    assert told(said(book(always, found), messages=DRAGON, budget=40)) == ["always"]
    assert told(said(book(always, found), messages=DRAGON, budget=40, fixed_first=False)) == ["found"]


@pytest.mark.parametrize(
    ("changes", "recursive", "expected"),
    [
        pytest.param({}, True, ["c", "b", "a"], id="what is told brings in more"),
        pytest.param({}, False, ["a"], id="where the book has it so"),
        pytest.param({"a": {"prevent_recursion": True}}, True, ["a"], id="unless it brings in nothing"),
        pytest.param({"b": {"exclude_recursion": True}}, True, ["a"], id="or is not brought in"),
        pytest.param({"b": {"delay_until_recursion": True}}, True, ["c", "b", "a"], id="or only so"),
    ],
)
def test_recursion(changes, recursive, expected):
    chain = {
        "a": entry("a", "dragon", content="It guards the hoard."),
        "b": entry("b", "hoard", content="Gold and a crown."),
        "c": entry("c", "crown", content="It was a queen's."),
    }
    entries = [entry_with(chain[key], **changes.get(key, {})) for key in chain]

    assert told(said(book(*entries, recursive=recursive), messages=DRAGON)) == expected


def entry_with(one, **changes):
    return entry(one.key, *one.keys, content=one.content, **changes)


def test_a_circle_ends():
    circle = [entry(str(number), str(number), content=str((number + 1) % 50)) for number in range(50)]

    assert len(told(said(book(*circle, recursive=True), messages=("0!",), budget=10_000))) == 50


def test_it_is_known_which_words_of_which_message_brought_it_in():
    [found] = said(book(entry("it", "/dr\\w+/i")), messages=("The DRAGON.", "What of it?")).found
    assert found.hit

    assert (found.hit.key, found.hit.words, found.hit.depth) == ("/dr\\w+/i", "DRAGON", 0)


def test_books_that_ask_for_too_much_are_left_and_say_so():
    greedy = book(*(entry(str(number), *(f"key {key}" for key in range(100))) for number in range(1000)))

    lore = said(greedy, messages=("x" * 16_000,))

    assert not lore.found
    assert [(missed.book, missed.why) for missed in lore.missed] == [("Book", "work")]
