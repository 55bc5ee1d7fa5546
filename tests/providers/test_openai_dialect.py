"""A prompt as providers are asked it that cannot continue a reply."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.prompt.values import Block, Prompt
from roleplay.providers.dialects import BY_NAME, openai
from roleplay.providers.dialects.values import Wish

WISH = Wish(model="gpt-6", reply_tokens=640, user="0123abcd")
PROMPT = Prompt(
    blocks=(
        Block("system", "You play Dr. Vance.", "head", 9),
        Block("assistant", "Sit. ", "history", 5, "Dr. Vance"),
        Block("user", "Why? ", "history", 5, "Ada"),
        Block("system", "You play Dr. Vance.", "reinforcement", 9),
    ),
    name="Dr. Vance",
)
PATTERN = re.compile(r"^[^\s<|\\/>]+$")


def test_the_messages_stand_in_their_order_and_whose_turn_it_is_last():
    assert list(openai.request(PROMPT, WISH).messages) == [
        {"role": "system", "content": "You play Dr. Vance."},
        {"role": "assistant", "content": "Sit.", "name": "Dr._Vance"},
        {"role": "user", "content": "Why? ", "name": "Ada"},
        {"role": "system", "content": "You play Dr. Vance."},
        {"role": "system", "content": "Write the next reply of Dr. Vance, and nothing else."},
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "Write the next reply of Dr. Vance, and nothing else.\n\n"
            "The reply begins with this text, word for word, and goes on from where it ends:\n\n*She 100% %s",
        ),
        (
            "zh",
            "只写Dr. Vance的下一段回复，别的都不写。\n\n"
            "回复以下面的文字开头，一字不差，并从它结束的地方写下去：\n\n*She 100% %s",
        ),
    ],
)
def test_a_prefix_is_asked_for_in_words(language, words):
    prompt = replace(PROMPT, text="*She 100% %s\n", reasoning="Hm.", language=language)

    last = openai.request(prompt, WISH).messages[-1]

    assert last == {"role": "system", "content": words}


def test_a_prefix_of_white_space_is_none():
    assert openai.request(replace(PROMPT, text=" \n"), WISH) == openai.request(PROMPT, WISH)


def test_the_request_has_no_keys_of_others():
    request = openai.request(PROMPT, WISH)

    assert request.options == {
        "model": "gpt-6",
        "max_completion_tokens": 640,
        "stream": True,
        "stream_options": {"include_usage": True},
        "safety_identifier": "0123abcd",
    }
    assert request.extra_body == {}


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("Mira", "Mira"),
        ("凯尔希", "凯尔希"),
        ("Mira Vance", "Mira_Vance"),
        ("Kal'tsit", "Kal'tsit"),
        (r"a<b>c/d\e|f", "a_b_c_d_e_f"),
        ('Ada "Q"\n', "Ada_Q"),
        ("x " * 40, "x_" * 31 + "x"),
    ],
)
def test_a_name_is_one_that_is_accepted(name, sent):
    prompt = replace(PROMPT, blocks=(Block("user", "Hello.", "history", 5, name),))

    assert openai.request(prompt, WISH).messages[0]["name"] == sent


texts = st.text(min_size=1).filter(str.strip)
names = st.text() | st.text(" <|\\/>\n\u3000aB凯", max_size=80)
blocks = st.builds(
    Block, st.sampled_from(["system", "user", "assistant"]), texts, st.just("history"), st.just(1), names
)


@given(st.lists(blocks), names, st.text(), st.text())
@settings(deadline=None)
def test_whatever_is_said_names_match_and_words_come_last(blocks, name, text, reasoning):
    messages = openai.request(
        Prompt(blocks=tuple(blocks), name=name, text=text, reasoning=reasoning), WISH
    ).messages

    assert [message["role"] for message in messages] == [*(block.role for block in blocks), "system"]
    assert messages[-1]["content"].endswith(text.rstrip())
    for message in messages:
        assert message.keys() <= {"role", "content", "name"}
        assert "name" not in message or (PATTERN.match(message["name"]) and len(message["name"]) <= 64)


def test_the_dialect_says_what_it_can():
    dialect = BY_NAME["openai"]

    assert (dialect.continues, dialect.repeats) == (False, True)
    assert dialect.request is openai.request
