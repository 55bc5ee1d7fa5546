"""What a model is asked for when it drafts, and what can be taken of what it writes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from characters.models import Character
from roleplay.desk.drafting import KEYS, NoDraft, asked, drafted
from tests.desk.pages import ADD


def test_it_is_asked_for_as_json_that_goes_on_from_a_brace():
    prompt = asked("A keeper", ["name", "quotes"], language="zh", written={"name": "Ben"})

    system, user = prompt.blocks
    assert "Write in Chinese." in system.text
    assert '\n"name" (text): ' in system.text and '\n"quotes" (10 texts): ' in system.text
    assert user.text == 'Premise: A keeper\n\nWritten so far:\n{"name": "Ben"}'
    assert (prompt.text, prompt.name) == ("{", "")


def test_every_field_that_is_drafted_is_on_the_form(desk):
    page = desk.get(ADD)
    inlines = {each.formset.prefix for each in page.context["inline_admin_formsets"]}

    assert KEYS.keys() <= page.context["adminform"].form.fields.keys() | inlines
    assert all(Character._meta.get_field(name) for name in KEYS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"name": "Ben"}', {"name": "Ben"}),
        ('```json\n{"name": "Ben"}\n```', {"name": "Ben"}),
        ('Here {it} is: {"name": "Ben"} Enjoy.', {"name": "Ben"}),
        ('{{"name": "Ben"}', {"name": "Ben"}),
        ('{"name": "B\\u0000e\\"n<|", "x": 1}', {"name": "Ben"}),
        ('{"speech": "one\ntwo"}', {"speech": "one\ntwo"}),
        ('{"quotes": ["a", "", 3, " b "]}', {"quotes": ["a", "b"]}),
        ('{"quotes": "a\\nb"}', {"quotes": ["a", "b"]}),
        ('{"situations": [{"when": "a", "then": "b"}, {"when": "a"}, "c"]}', {"situations": [["a", "b"]]}),
        ('{"most_words": 90, "keeps_language": true}', {"most_words": 90, "keeps_language": True}),
        ('{"most_words": true, "keeps_language": 1, "name": "Ben"}', {"name": "Ben"}),
        ('{"most_words": 999999999, "name": "Ben"}', {"name": "Ben"}),
    ],
)
def test_what_fits_is_taken(text, found):
    assert drafted(text, KEYS) == found


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"name": "Ben', '{"other": 1}', "{" * 100_000, "{}", "null"]
)
def test_what_does_not_is_no_draft(text):
    with pytest.raises(NoDraft):
        drafted(text, KEYS)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(KEYS)), ODD))
def test_whatever_a_model_writes_the_form_gets_what_its_fields_take(written):
    try:
        found = drafted(json.dumps(written), KEYS)
    except NoDraft:
        return
    for name, value in found.items():
        key = KEYS[name]
        texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        flat = [part for each in texts for part in (each if isinstance(each, list) else [each])]
        assert all(0 < len(text) <= key.most and "\0" not in text for text in flat)
        assert isinstance(
            value, {"number": int, "yes": bool, "texts": list, "pairs": list}.get(key.kind, str)
        )
