"""The demo model's drafts of characters: a function of the request, in the premise's words."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.prompt.checks import Checks, breaks
from roleplay.providers.demo import continuation
from roleplay.providers.demo.drafting import draft
from roleplay.providers.demo.request import Message, Request
from tests.providers.drafts import FOX, KEEPER, KINDS, LONG, drafted, request

TOLD = [
    pytest.param(KEEPER, "en", "lost letters|lighthouse", id="keeper"),
    pytest.param("Vampire.", "en", "vampire", id="one word"),
    pytest.param("an android trying to understand grief", "en", "grief|android", id="doing"),
    pytest.param("Write me a character: an old witch who runs a pharmacy", "en", "pharmacy", id="asked for"),
    pytest.param("She lost her ship.", "en", "ship", id="sentence"),
    pytest.param(
        "Anna was born in a small town. Her mother died young. Now she sings in bars.",
        "en",
        "small town|bars",
        id="story",
    ),
    pytest.param("маяк и письма", "en", "письма", id="other script"),
    pytest.param("写信的老人", "en", "写信的老人|信", id="Chinese for an English one"),
    pytest.param("一个会收集旧信的退休灯塔看守人", "zh", "旧信|灯塔", id="zh keeper"),
    pytest.param("吸血鬼", "zh", "吸血鬼", id="zh one word"),
    pytest.param(FOX, "zh", "撒谎|当铺|狐狸", id="zh fox"),
    pytest.param("他在海边开了一家书店。他从不卖书，只借书。", "zh", "书店", id="zh sentence"),
    pytest.param(KEEPER, "zh", "lost letters|lighthouse", id="English for a Chinese one"),
]
BOTH = pytest.mark.parametrize(("premise", "language"), [(KEEPER, "en"), (FOX, "zh")], ids=["en", "zh"])


@pytest.mark.parametrize(("premise", "language", "words"), TOLD)
def test_every_long_text_takes_up_the_premise(premise, language, words):
    values = drafted(premise, language=language)

    for key in LONG:
        assert re.search(words, values[key]), key
        assert len(values[key]) > (20 if language == "zh" else 80)
    assert sum(bool(re.search(words, quote)) for quote in values["quotes"]) >= 4
    assert all(re.search(words, greeting) for greeting in values["greetings"])


@BOTH
def test_the_draft_is_of_one_character_in_its_language(premise, language):
    values = drafted(premise, language=language)

    assert values["name"] in values["description"]
    assert values["nickname"] in values["background"]
    assert values["calls_user"] in values["speech"]
    assert str(values["most_words"]) in values["rules"]
    assert values["keeps_language"] is True
    assert len(set(values["quotes"])) == 10
    assert len(set(values["greetings"])) == 3
    han = len(re.findall("[\u4e00-\u9fff]", json.dumps(values, ensure_ascii=False)))
    assert (han > 800) == (language == "zh")


@BOTH
def test_it_keeps_the_checks_that_it_names(premise, language):
    values = drafted(premise, language=language)

    checks = Checks(
        never_says=tuple(values["never_says"]), keeps_language=True, most_words=values["most_words"]
    )
    for said in (*values["quotes"], *values["greetings"]):
        assert breaks(said, checks, names=(values["nickname"],), user="Ada", language=language) == []
    assert all(re.fullmatch(r"(?s)\*[^*]+\*.*“[^”]+”", greeting) for greeting in values["greetings"])


def test_greetings_are_as_short_as_is_written():
    values = drafted(KEEPER, "greetings", written={"most_words": "40", "never_says": "lost letters"})

    for greeting in values["greetings"]:
        assert not breaks(greeting, Checks(most_words=40), names=(), user="", language="en")
        assert "lost letters" not in greeting


@pytest.mark.parametrize(
    ("premise", "name"),
    [
        ("Mira, a blind cartographer", "Mira"),
        ("a smuggler named Jory Flint who never lies", "Jory Flint"),
        ("Sherlock Holmes", "Sherlock Holmes"),
    ],
)
def test_a_name_in_the_premise_is_the_name(premise, name):
    assert drafted(premise, "name") == {"name": name}


@BOTH
def test_what_is_written_stays_and_no_quote_of_it_comes_again(premise, language):
    first = drafted(premise, "quotes", language=language)["quotes"]

    written = {"name": "Ilse Marrow", "calls_user": "sailor", "quotes": first[:5]}
    values = drafted(premise, language=language, written=written)

    assert (values["name"], values["calls_user"]) == ("Ilse Marrow", "sailor")
    assert "Ilse Marrow" in values["description"]
    assert "sailor" in values["speech"]
    assert not set(first[:5]) & set(values["quotes"])


def test_what_is_written_stands_for_a_premise_that_is_missing():
    written = {"name": "Bo Marr", "description": "He is a baker in Prague who hums to the bread."}

    values = drafted("", "background", "quotes", written=written)

    assert "bread" in values["background"] + " ".join(values["quotes"])


@BOTH
def test_another_request_gets_another_draft(premise, language):
    whole = drafted(premise, language=language)

    others = [
        drafted("a nun who gambles" if language == "en" else "会赌钱的修女", language=language),
        drafted(premise, language=language, variation=1),
    ]
    with_more_written = drafted(premise, language=language, written={"description": "She hums."})

    for key in ("description", "background", "quotes", "greetings"):
        assert all(other[key] != whole[key] for other in others), key
    assert with_more_written["quotes"] != whole["quotes"]


@BOTH
def test_one_key_alone_is_of_the_same_character(premise, language):
    whole = drafted(premise, language=language)

    assert drafted(premise, "name", language=language) == {"name": whole["name"]}
    assert whole["name"] in drafted(premise, "description", language=language)["description"]


def test_what_only_looks_like_something_written_is_the_premise():
    assert drafted("a baker\n\nWritten so far:\n{broken", "tags")["tags"][0] == "Baker"


@pytest.mark.parametrize("content", ["", "Well,", "["])
def test_no_draft_is_written_where_the_content_is_no_object(content):
    assert not draft.is_wanted(Request(messages=request(KEEPER).messages, content=content))


def test_no_draft_is_written_where_none_is_asked_for():
    told = (Message("system", "You play Mira. Answer with one JSON object."), Message("user", "Hello"))

    assert not draft.is_wanted(Request(messages=told, content="{"))
    with pytest.raises(ValueError, match="no draft"):
        draft.draft(Request(messages=told, content="{"))


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(
        st.text(max_size=200), st.sampled_from([KEEPER, FOX, "a king whose", "的", "{name} {{user}} *x*"])
    ),
    st.sets(st.sampled_from(sorted(KINDS)), min_size=1),
    st.sampled_from(["en", "zh"]),
    st.dictionaries(st.sampled_from(sorted(KINDS)), st.one_of(st.text(), st.lists(st.text()), st.integers())),
    st.data(),
)
def test_any_request_gets_the_keys_and_kinds_it_asks_for_and_goes_on_from_any_place(
    premise, keys, language, written, data
):
    asked = request(premise, *sorted(keys), language=language, written=written)

    whole = draft.draft(asked)

    values = json.loads(whole)
    assert list(values) == sorted(keys)
    assert all(_is(KINDS[key], value) for key, value in values.items())
    at = data.draw(st.integers(min_value=1, max_value=len(whole)))
    for saved in (whole[:at], whole[:at].rstrip()):
        assert saved + continuation.rest(draft.draft(asked), saved) == whole


def _is(kind: str, value: Any) -> bool:
    """Whether a value is of a kind; no text of it is empty."""
    if kind == "number":
        return type(value) is int and value > 0
    if kind == "true or false":
        return type(value) is bool
    texts = [value]
    if kind != "text":
        assert len(value) == int(kind.split()[0])
        texts = [text for pair in value for text in pair.values()] if "pairs" in kind else value
        assert all(set(pair) == {"when", "then"} for pair in value if "pairs" in kind)
    return all(isinstance(text, str) and text.strip() for text in texts)
