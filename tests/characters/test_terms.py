"""What a text is found by, and what a query asks for."""

from __future__ import annotations

import pytest

from characters.terms import LONGEST, MOST_ASKED, asked_for, terms_of

TERMS = {
    "words": ("Tobias Wren", {"tobias", "wren"}),
    "signs part words": ("Unit Seven-of-Nine", {"unit", "seven", "of", "nine"}),
    "an apostrophe does too": ("O’Brien", {"o", "brien"}),
    "an underscore does too": ("night_owl", {"night", "owl"}),
    "a word twice": ("Night, night", {"night"}),
    "other letters that mean the same": ("ＷＲＥＮ ﬁn Straße", {"wren", "fin", "strasse"}),
    "an accent stays": ("Zoë", {"zoë"}),
    "an accent of its own": ("Zoe\u0308", {"zoë"}),
    "a soft hyphen is none": ("light\u00adhouse", {"lighthouse"}),
    "Cyrillic": ("Ночь и Свет", {"ночь", "и", "свет"}),
    "Hangul has spaces": ("등대 지기", {"등대", "지기"}),
    "vowel signs belong to their word": ("हिन्दी", {"हिन्दी"}),
    "Han": ("看灯塔", {"看", "灯", "塔", "看灯", "灯塔"}),
    "one of Han": ("灯", {"灯"}),
    "a sign parts Han": ("看灯，塔", {"看", "灯", "塔", "看灯"}),
    "Japanese": ("とう台", {"と", "う", "台", "とう", "う台"}),
    "narrow Kana": ("ﾄﾞｱ", {"ド", "ア", "ドア"}),
    "how a letter is drawn": ("葛\U000e0100城", {"葛", "城", "葛城"}),
    "Thai": ("แมว", {"แ", "ม", "ว", "แม", "มว"}),
    "rare Han": ("𠮷野", {"𠮷", "野", "𠮷野"}),
    "Han beside a word": ("2B型 AI助手", {"2b", "型", "ai", "助", "手", "助手"}),
    "nothing to find": ("… ❤️ !?", set()),
}


@pytest.mark.parametrize(("text", "terms"), TERMS.values(), ids=TERMS)
def test_a_text_has_terms(text: str, terms: set[str]):
    assert terms_of(text) == terms


def test_no_term_reaches_from_one_text_into_the_next():
    assert terms_of("灯", "塔") == {"灯", "塔"}


def test_a_term_is_no_longer_than_its_column():
    assert terms_of("a" * 99) == {"a" * LONGEST}
    assert [each.term for each in asked_for("a" * 99)] == ["a" * LONGEST]


ASKED = {
    "words by their beginnings": ("Light Ho", [("light", True), ("ho", True)]),
    "Han by neighbours": ("灯塔守", [("灯塔", False), ("塔守", False)]),
    "one of Han": ("灯", [("灯", False)]),
    "both": ("Wren 灯", [("wren", True), ("灯", False)]),
    "each once": ("ha ha", [("ha", True)]),
    "nothing": ("—", []),
}


@pytest.mark.parametrize(("query", "asked"), ASKED.values(), ids=ASKED)
def test_a_query_asks_for_terms(query: str, asked: list[tuple[str, bool]]):
    assert asked_for(query) == asked


def test_a_query_asks_for_so_many_terms_at_most():
    assert len(asked_for(" ".join("abcdefghijklmnopqrstuvwxyz"))) == MOST_ASKED
