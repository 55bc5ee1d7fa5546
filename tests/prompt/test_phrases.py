"""Phrases looked for at once: found as one by one, however the text is cut, and what may still match is known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.prompt.phrases import Found, Phrases, Reading, found_in

few_letters = st.text("ab é", min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("text", "phrase", "words"),
    [
        ("As an AI, I", "as an ai", "As an AI"),
        ("ａｓ  an\n ai.", "As an AI", "ａｓ  an\n ai"),
        ("her cafe\u0301 closes", "CAFÉ", "cafe\u0301"),
        ("对不起，我", "对不起", "对不起"),
        ("我是AI助手", "我是ai", "我是AI"),
        ("she said", "he", None),
        ("the", "he", None),
        ("he's", "he", "he"),
        ("aab", "ab", None),
        ("gpt-4o", "gpt-4", None),
        ("", "a", None),
        ("anything", " ", None),
    ],
)
def test_a_phrase_is_found_as_a_reader_would(text, phrase, words):
    found = found_in(text, Phrases([phrase]))

    assert [text[each.start : each.end] for each in found] == ([words] if words else [])


def test_phrases_within_phrases_are_found_too():
    known = Phrases(["his ship sank", "ship", "ship sank"])

    assert {each.number for each in found_in("Now his ship sank.", known)} == {0, 1, 2}


@given(st.text("ab ", max_size=40), st.lists(st.text("ab", min_size=1, max_size=4), min_size=1, max_size=6))
def test_they_are_found_as_one_by_one(text, written):
    found = {(each.number, each.start) for each in found_in(text, Phrases(written))}

    assert found == {
        (number, match.start(1))
        for number, phrase in enumerate(written)
        for match in re.finditer(rf"(?:^|(?<= ))({phrase})(?= |$)", text)
    }


@given(st.text("abé \u0301,", max_size=40), st.lists(few_letters, max_size=5), st.data())
def test_it_does_not_matter_how_the_text_is_cut(text, written, data):
    known = Phrases(written)
    reading, found, at = Reading(known), list[Found](), 0
    while at < len(text):
        piece = data.draw(st.integers(1, len(text) - at))
        found += reading.add(text[at : at + piece])
        at += piece
    found += reading.end()

    assert found == found_in(text, known)
