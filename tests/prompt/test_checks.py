"""What breaks a character, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.prompt.checks import Checks, breaks

STRICT = Checks(never_says=("okay", "对不起", "In summary,"), keeps_language=True, most_words=40)


def found(text: str, checks: Checks = STRICT, language: str = "en") -> list[tuple[str, str]]:
    names = ("Mira", "Mira Vance")
    return [
        (each.check, each.words) for each in breaks(text, checks, names=names, user="Ada", language=language)
    ]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("As an AI language model, I cannot see the river.", [("machine", "As an AI")]),
        ("“I'm just an AI,” she says.", [("machine", "just an AI")]),
        ("I was made by OpenAI for you.", [("machine", "OpenAI")]),
        ("Ada: I will come with you.", [("users_lines", "Ada")]),
        ("She waits.\n\n**Ada:** I will come.", [("users_lines", "Ada")]),
        ("Tobias: The lamp is lit.", [("other_name", "Tobias")]),
        ("“Okay, then,” she says.", [("never_says", "Okay")]),
        ("ＯＫＡＹ.", [("never_says", "ＯＫＡＹ")]),
        ("in  SUMMARY, it rains.", [("never_says", "in  SUMMARY,")]),
        ("她把地图收起来，一句话也不肯再说，只是望着窗外的雨下个不停，像是要下到天亮。", [("language", "她把地图收起来，一句话也不肯再说，只是望着窗外的雨下个不停，像是要下到天亮。")]),
        ("rain " * 41, [("length", "41")]),
        ("Okay, as an AI I am okay.", [("machine", "as an AI"), ("never_says", "Okay")]),
    ],
)  # fmt: skip
def test_a_break_is_found_and_named(text: str, broken: list[tuple[str, str]]):
    assert found(text) == broken


@pytest.mark.parametrize(
    "text",
    [
        "",
        "“The main thing is the aid that the others brought.”",
        "Mira: The river moved again.",
        "*She whispers:* “Not here.”",
        "“One rule: never look down.”",
        "Here is the truth of it: I burnt the map.",
        "The okayed list is on the table.",
        "See https://example.org: it is there.",
        "She reads 地图 aloud, and it is the one word of the old tongue that she knows.",
        "Ada, come here: the lamp is out.",
    ],
)
def test_what_is_no_break_is_let_through(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("作为一个人工智能，我没有感情。", ["machine"]),
        ("“对不起，”她说。", ["never_says"]),
        ("阿绯：你来了。", ["other_name"]),
        ("Ada：我跟你走。", ["users_lines"]),
        ("I would rather say this in English, if you do not mind it.", ["language"]),
        ("她看了看灯，没有作声。“罢了。”", []),
    ],
)
def test_in_chinese(text: str, broken: list[str]):
    assert [check for check, _ in found(text, language="zh")] == broken


def test_a_machine_may_say_that_it_is_one():
    assert found("I am an AI, and proud of it.", Checks(may_be_machine=True)) == []


@given(st.text(max_size=300), st.sampled_from(["en", "zh"]))
def test_each_check_is_named_once_whatever_is_said(text: str, language: str):
    checks = [check for check, _ in found(text, language=language)]

    assert len(checks) == len(set(checks))
