"""Macros: which are known, how they may be spelled, and that nothing is expanded twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.prompt.macros import Macros, expand, names


def cast() -> Macros:
    return Macros(values=names("Mira", "Ada"))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param("{{char}} waits for {{user}}.", "Mira waits for Ada.", id="both names"),
        pytest.param("{{CHAR}}, {{User}}", "Mira, Ada", id="case does not matter"),
        pytest.param("{{ char }}, {{\tuser}}", "Mira, Ada", id="white space inside"),
        pytest.param("<BOT> <CHAR> <USER>", "Mira Mira Ada", id="old spellings"),
        pytest.param("<bot> <User>", "Mira Ada", id="old spellings in any case"),
        pytest.param("{{{char}}}", "{Mira}", id="a brace too many"),
        pytest.param("{{char", "{{char", id="unterminated"),
        pytest.param("{{char} }", "{{char} }", id="torn braces"),
        pytest.param("{{weather}}", "{{weather}}", id="unknown macros stay"),
        pytest.param("{{}} {{ }} <b>", "{{}} {{ }} <b>", id="no macro at all"),
        pytest.param("{{weather {{char}}}}", "{{weather Mira}}", id="a known one inside an unknown one"),
        pytest.param("{{char}}{{char}}", "MiraMira", id="side by side"),
        pytest.param("100 % {char} %s", "100 % {char} %s", id="other marks mean nothing"),
    ],
)
def test_macros_are_expanded(written, said):
    assert expand(written, cast()) == said


@pytest.mark.parametrize("name", ["{{char}}", "<BOT>", "{{user}}", r"\1 \g<0>", "{{", "}}"])
def test_what_a_macro_brings_in_is_not_expanded_again(name):
    assert expand("“{{user}}”, says {{char}}.", Macros(values=names("Mira", name))) == f"“{name}”, says Mira."


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@given(TEXTS, TEXTS, TEXTS)
def test_a_name_comes_in_as_it_is_between_texts_as_they_are(before, name, after):
    before, after = before.replace("{", "").replace("<", ""), after.replace("}", "").replace(">", "")

    assert expand(f"{before}{{{{user}}}}{after}", Macros(values={"user": name})) == before + name + after


@given(st.text(st.characters(codec="utf-8", exclude_characters="{<")))
def test_text_without_macros_stays(text):
    assert expand(text, cast()) == text
