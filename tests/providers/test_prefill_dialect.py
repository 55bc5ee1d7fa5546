"""A prompt as servers are asked it that continue a trailing assistant message."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.prompt.assemble import assemble
from roleplay.prompt.text import clean_name
from roleplay.prompt.values import Block, Persona, Prompt, Scene, Sheet
from roleplay.providers.dialects import BY_NAME, prefill
from roleplay.providers.dialects.values import Wish

WISH = Wish(model="qwen3:8b", reply_tokens=640, user="0123abcd")
PROMPT = Prompt(
    blocks=(
        Block("system", "You play 凯尔希.", "head", 9),
        Block("assistant", "Sit. ", "history", 5, "凯尔希"),
        Block("user", "Why? ", "history", 5, "Ada"),
    ),
    name="凯尔希",
)
TOLD = [
    {"role": "system", "content": "You play 凯尔希."},
    {"role": "assistant", "content": "Sit.", "name": "凯尔希"},
    {"role": "user", "content": "Why? ", "name": "Ada"},
]


@pytest.mark.parametrize("text", ["", " \n"], ids=["nothing", "white space"])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Write the next reply of 凯尔希, and nothing else."),
        ("zh", "只写凯尔希的下一段回复，别的都不写。"),
        ("fr", "Write the next reply of 凯尔希, and nothing else."),
    ],
)
def test_a_reply_that_has_no_text_is_asked_for_in_words(text, language, words):
    request = prefill.request(replace(PROMPT, text=text, language=language), WISH)

    assert list(request.messages) == [*TOLD, {"role": "system", "content": words}]


@pytest.mark.parametrize("text", ["Because", "Because \n"])
def test_a_reply_is_continued_from_what_is_there(text):
    request = prefill.request(replace(PROMPT, text=text, reasoning="Hm."), WISH)

    assert list(request.messages) == [*TOLD, {"role": "assistant", "content": "Because", "name": "凯尔希"}]


def test_the_words_are_in_the_language_of_the_characters_sheet():
    scene = Scene(sheet=Sheet(name="Zhiqiu", language="zh"), persona=Persona("Ada"), lines=())

    assert prefill.request(assemble(scene), WISH).messages[-1]["content"].startswith("只写Zhiqiu的")


def test_the_request_has_only_what_all_of_them_know():
    request = prefill.request(PROMPT, WISH)

    assert request.options == {
        "model": "qwen3:8b",
        "max_tokens": 640,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    assert request.extra_body == {}


texts = st.text(min_size=1).filter(str.strip)
blocks = st.builds(
    Block, st.sampled_from(["system", "user", "assistant"]), texts, st.just("history"), st.just(1), st.text()
)


@given(st.lists(blocks), st.text().filter(clean_name), st.text(), texts, st.sampled_from(["en", "zh"]))
@settings(deadline=None)
def test_no_message_is_empty_and_a_continuation_changes_the_last_one_alone(
    blocks, name, reasoning, text, language
):
    prompt = Prompt(blocks=tuple(blocks), name=name, reasoning=reasoning, language=language)

    first = prefill.request(prompt, WISH).messages
    further = prefill.request(replace(prompt, text=text), WISH).messages

    assert first[:-1] == further[:-1] and len(first) == len(blocks) + 1
    assert (first[-1]["role"], further[-1]["role"]) == ("system", "assistant")
    assert first[-1]["content"].count(clean_name(name)) >= 1
    assert further[-1]["name"] == clean_name(name)
    for message in (*first, *further):
        assert message["content"].strip()
        assert message.keys() <= {"role", "content", "name"}
        assert message["role"] != "assistant" or message["content"] == message["content"].rstrip()


def test_the_dialect_says_what_it_can():
    dialect = BY_NAME["prefill"]

    assert (dialect.continues, dialect.repeats) == (True, False)
    assert dialect.request is prefill.request
