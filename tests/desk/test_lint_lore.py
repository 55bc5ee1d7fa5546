"""What the desk tells an author of the lorebooks of his character."""

from __future__ import annotations

from typing import Any

import pytest

from roleplay.desk.lint import Finding, findings
from roleplay.desk.lint.finding import MOST
from tests.desk.definitions import BUDGET, book, first_prompt, mira

TEXT = "The ferry sank. "


def found(*entries: dict[str, Any], budget: int = BUDGET, **options: Any) -> list[Finding]:
    """Of a character whose only book has these entries and options; `name` and the like are the character's."""
    book_options = {name: options.pop(name) for name in ("scan_depth", "token_budget") if name in options}
    definition = mira(**options, lorebooks=[book(*entries, **book_options)])
    return findings(definition, first_prompt(definition, budget), budget=budget)


@pytest.mark.parametrize(
    ("entry", "sentence", "grave"),
    [
        ({"keys": []}, "It has no key", True),
        ({"keys": [" "]}, "It has no key", True),
        ({"probability": 0}, "Its probability is 0", True),
        ({"constant": True, "probability": 0}, "Its probability is 0", True),
        (
            {"logic": "not_any", "secondary_keys": ["Ferry", "oar"]},
            "Its secondary keys forbid its keys",
            True,
        ),
        ({"logic": "not_all", "secondary_keys": ["ferry"]}, "Its secondary keys forbid its keys", True),
        ({"content": " "}, "tells nothing", False),
        ({"content": TEXT * 2100}, "and may take 8191, so that it is never told", True),
        ({"keys": ["/(?=a)b/"]}, "The pattern /(?=a)b/ cannot be run: “invalid perl operator: (?=”.", True),
        ({"secondary_keys": ["/(/"]}, "The pattern /(/ cannot be run", True),
        ({"keys": ["/x*/"]}, "The pattern /x*/ matches no words at all", True),
        ({"keys": ["/x?|ferry/i"]}, "matches no words at all", True),
        ({"keys": ["/./"]}, "The pattern /./ is found in every message", False),
        ({"keys": [r"/\w+/"]}, r"The pattern /\w+/ is found in every message", False),
        ({"keys": ["ferry", "e"]}, "The key “e” is found in nearly every message", False),
        ({"keys": ["The"]}, "The key “The” is found in nearly every message", False),
        ({"keys": ["我"]}, "The key “我” is found in nearly every message", False),
        ({"keys": ["什么"]}, "The key “什么” is found in nearly every message", False),
        ({"keys": ["mira"]}, "The key “mira” is the name of one who speaks", False),
        ({"keys": ["{{char}}"]}, "The key “Mira” is the name of one who speaks", False),
        ({"keys": ["{{user}}"]}, "The key “{{user}}” is the name of one who speaks", False),
        ({"content": "{{weather}}"}, "“{{weather}}” is no macro", False),
        ({"content": "{user} rows."}, "“{user}” stays as it is written", False),
    ],
)
def test_an_entry_that_is_not_told_or_always(entry: dict[str, Any], sentence: str, grave: bool):
    (told,) = found(entry)

    assert (told.field, told.grave) == ("lorebooks", grave)
    assert told.sentence.startswith("Ferry: ")
    assert sentence in told.sentence


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"constant": True, "keys": []},
        {"content": "@@activate\nIt sank.", "keys": []},
        {"content": "@@dont_activate\nIt sank.", "keys": []},
        {"content": "", "keys": []},
        {"enabled": False, "keys": []},
        {"enabled": False, "keys": ["/(/"]},
        {"logic": "and_any", "secondary_keys": ["ferry"]},
        {"logic": "not_any", "secondary_keys": ["ferry"], "selective": False},
        {"logic": "not_any", "keys": ["ferry", "boat"], "secondary_keys": ["ferry"]},
        {"logic": "not_all", "keys": ["ferry"], "secondary_keys": ["ferry", "oar"]},
        {"content": TEXT * 2100, "ignore_budget": True},
        {"keys": ["/x+/", "/^$|ferry/", "/x*$/"]},
        {"keys": ["/e/"]},
        {"keys": ["e"], "whole_words": True},
        {"keys": ["IT"], "case_sensitive": True},
        {"keys": ["the"], "secondary_keys": ["ferry"]},
        {"keys": ["/./"], "probability": 10},
        {"keys": ["Mira"], "scan_depth": 1},
        {"keys": ["Mira"], "case_sensitive": True, "only_names": ["Tobias"]},
        {"keys": ["mira"], "case_sensitive": True},
        {"keys": ["Vance"]},
        {"keys": ["狐"]},
    ],
)
def test_an_entry_that_is_well(entry: dict[str, Any]):
    assert found(entry) == []


def test_an_entry_that_is_too_large_for_its_book():
    (told,) = found({"content": TEXT * 50}, token_budget=100)

    assert told.sentence == (
        "Ferry: It takes 200 tokens, and may take 100, so that it is never told. Shorten it."
    )


def test_an_entry_that_finds_no_room_in_the_first_prompt():
    told = found({"constant": True, "content": TEXT * 20, "order": 200},
                 {"constant": True, "content": TEXT * 20, "title": "Oar"}, token_budget=100)  # fmt: skip

    assert [each.sentence for each in told] == [
        "“Oar” finds no room in the first prompt, beside what else is told of the lorebooks."
    ]


def test_entries_that_are_always_told_and_large():
    (told,) = found({"constant": True, "content": TEXT * 120}, budget=4096)

    assert told.sentence == (
        "Entries that are always told take 480 tokens of every prompt. Give some of them keys."
    )


def test_a_prompt_that_is_longer_than_it_may_be():
    told = found(
        {"constant": True, "ignore_budget": True, "place": "at_depth", "depth": 0, "content": TEXT * 127},
        budget=1024,
        description=TEXT * 100,
        post_history=TEXT * 100,
        depth_prompt=TEXT * 100,
    )

    assert [each.field for each in told if "tokens too long" in each.sentence] == ["lorebooks"]


def test_a_book_that_takes_too_long_to_look_through():
    told = found(*({"keys": [f"/key{number}/"]} for number in range(600)))

    assert [each.sentence for each in told if each.grave] == [
        "“World” takes too long to look through, so that not all of it is found. Take entries out."
    ]


def test_of_many_entries_a_few_are_told():
    told = found(*({"keys": [], "title": f"Entry {number}"} for number in range(1000)))

    assert len(told) == MOST + 1
    assert told[0].sentence.startswith("Entry 0: ")
    assert told[-1] == Finding("lorebooks", "And 995 more of this kind.", grave=True)
