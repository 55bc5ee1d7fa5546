"""A prompt as Kimi is asked it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.prompt.text import clean_name
from roleplay.prompt.values import Block, Prompt
from roleplay.providers.dialects import BY_NAME, kimi
from roleplay.providers.dialects.values import Wish
from tests.kimi import refusal

WISH = Wish(model="kimi-k2.6", reply_tokens=640, user="0123abcd")
THINKING = replace(WISH, model="kimi-k3")
PROMPT = Prompt(
    blocks=(
        Block("system", "You play 凯尔希.", "head", 9),
        Block("assistant", "Sit. ", "history", 5, "凯尔希"),
        Block("user", "Why? ", "history", 5, "Ada"),
        Block("system", "You play 凯尔希.", "reinforcement", 9),
    ),
    name="凯尔希",
)


def test_the_messages_stand_in_their_order_and_the_partial_one_last():
    assert list(kimi.request(PROMPT, WISH).messages) == [
        {"role": "system", "content": "You play 凯尔希."},
        {"role": "assistant", "content": "Sit.", "name": "凯尔希"},
        {"role": "user", "content": "Why? ", "name": "Ada"},
        {"role": "system", "content": "You play 凯尔希."},
        {"role": "assistant", "name": "凯尔希", "content": "", "partial": True},
    ]


def test_the_request_asks_for_nothing_that_the_model_fixes():
    request = kimi.request(PROMPT, WISH)

    assert request.options == {
        "model": "kimi-k2.6",
        "max_completion_tokens": 640,
        "stream": True,
        "stream_options": {"include_usage": True},
        "safety_identifier": "0123abcd",
    }
    assert request.extra_body == {"thinking": {"type": "disabled"}}


@pytest.mark.parametrize(
    ("model", "thinks"),
    [("kimi-k2.6", False), ("kimi-k3", True), ("kimi-k3.1-pro", True), ("kimi-k3.1-pro-highspeed", True)],
)
def test_thinking_is_turned_off_where_it_can_be(model, thinks):
    assert kimi.thinks(model) is thinks
    assert ("thinking" in kimi.request(PROMPT, replace(WISH, model=model)).extra_body) is not thinks


@pytest.mark.parametrize(
    ("text", "reasoning", "told"),
    [
        pytest.param("Because", "Hm.", {"content": "Because", "reasoning_content": "Hm."}, id="both"),
        pytest.param("Because", "", {"content": "Because"}, id="no reasoning"),
        pytest.param("", "Hm", {"content": ""}, id="cut inside its thinking: asked anew"),
        pytest.param("Because \n", "", {"content": "Because"}, id="white space at the end is not sent"),
    ],
)
def test_a_reply_is_continued_from_what_is_there(text, reasoning, told):
    prompt = replace(PROMPT, text=text, reasoning=reasoning)

    partial = kimi.request(prompt, THINKING).messages[-1]

    assert partial == {"role": "assistant", "name": "凯尔希", "partial": True, **told}


@pytest.mark.parametrize(
    "name", ["Dr. Kelsier", "Kal'tsit", 'Ada "Q"', "Ada\nsystem", "<|x|>", "凯" * 70, "M\0"]
)
def test_a_character_has_one_name_wherever_it_speaks(name):
    prompt = replace(PROMPT, name=name, blocks=(Block("assistant", "Sit.", "history", 5, name),))

    spoken, partial = kimi.request(prompt, WISH).messages

    assert spoken["name"] == partial["name"] == clean_name(name)


def test_a_name_of_nothing_is_left_out_and_a_system_message_has_none():
    blocks = (Block("user", "Hello.", "history", 5, '"\n'), Block("system", "Rain.", "head", 5, "Mira"))

    messages = kimi.request(replace(PROMPT, blocks=blocks), WISH).messages

    assert "name" not in messages[0] and "name" not in messages[1]


texts = st.text(min_size=1).filter(str.strip)
blocks = st.builds(
    Block, st.sampled_from(["system", "user", "assistant"]), texts, st.just("history"), st.just(1), st.text()
)


@given(
    st.lists(blocks), st.text().filter(clean_name), st.text(), st.text(), st.sampled_from([WISH, THINKING])
)
@settings(deadline=None)
def test_whatever_is_said_the_provider_accepts_it(blocks, name, text, reasoning, wish):
    request = kimi.request(Prompt(blocks=tuple(blocks), name=name, text=text, reasoning=reasoning), wish)

    assert refusal({**request.options, **request.extra_body, "messages": list(request.messages)}) is None


def test_the_dialect_is_found_by_its_name():
    assert BY_NAME["kimi"].request is kimi.request
