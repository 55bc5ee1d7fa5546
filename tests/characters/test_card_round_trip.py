"""What was imported comes out again, unknown keys included, in every format; and a character made here is itself again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from characters.cards.container import opened
from characters.cards.exporting import FORMATS, Format, exported
from characters.cards.fields import OWN_COLUMNS, TEXTS
from characters.cards.importing import imported
from characters.cards.shapes import V1 as OLD_KEYS
from characters.models import Character, Lorebook
from characters.versions import definition_of
from tests.cards import charx, png_card, v2, written

pytestmark = pytest.mark.django_db

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
numbers = st.integers(-5, 2000) | st.sampled_from([None, "7", "0.5", 1.5, True])
flags = st.booleans() | st.sampled_from([None, "true", 0])
leaves = texts | st.integers(-(2**40), 2**40) | st.booleans() | st.none() | st.floats(-1e6, 1e6)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
strange = st.dictionaries(texts.map(lambda key: f"x_{key}"), anything, max_size=3)
listed = st.lists(texts, max_size=4)
dirty_list = (
    listed | st.lists(texts | st.dictionaries(texts, texts, max_size=2) | st.none(), max_size=4) | st.none()
)


def optional(known: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the keys that are known, and some that nobody knows."""
    return st.builds(lambda some, more: {**more, **some}, st.fixed_dictionaries({}, optional=known), strange)


inner_entry = optional(
    {
        "position": numbers,
        "depth": numbers,
        "role": numbers,
        "probability": numbers,
        "useProbability": flags,
        "selectiveLogic": numbers,
        "group": texts,
        "group_weight": numbers,
        "sticky": numbers,
        "cooldown": numbers,
        "match_whole_words": flags,
        "match_scenario": flags,
        "outlet_name": texts,
        "characterFilter": st.fixed_dictionaries(
            {"isExclude": flags, "names": dirty_list, "tags": dirty_list}
        ),
    }
)
entries = optional(
    {
        "keys": dirty_list | texts,
        "content": texts | st.none(),
        "extensions": inner_entry | st.none(),
        "enabled": flags,
        "insertion_order": numbers,
        "case_sensitive": flags,
        "use_regex": flags,
        "constant": flags,
        "name": texts,
        "priority": numbers,
        "id": numbers | texts,
        "comment": texts,
        "selective": flags,
        "secondary_keys": dirty_list,
        "position": st.sampled_from(["before_char", "after_char", "before_char_defs", 3, None]),
    }
)
books = optional(
    {
        "name": texts,
        "description": texts,
        "scan_depth": numbers,
        "token_budget": numbers,
        "recursive_scanning": flags,
        "extensions": strange,
        "entries": st.lists(entries, max_size=3),
    }
)
inner_card = optional(
    {
        "talkativeness": numbers,
        "fav": flags,
        "world": texts,
        "depth_prompt": optional({"prompt": texts, "depth": numbers, "role": texts}) | texts,
        "regex_scripts": st.lists(strange, max_size=2),
        "roleplay": strange,
    }
)
datas = optional(
    {
        **dict.fromkeys(
            ("name", "description", "personality", "scenario", "first_mes", "mes_example"), texts | st.none()
        ),
        **dict.fromkeys(
            ("creator_notes", "system_prompt", "post_history_instructions", "creator", "nickname"), texts
        ),
        "character_version": texts | numbers,
        "alternate_greetings": dirty_list,
        "tags": dirty_list,
        "extensions": inner_card | st.none() | st.lists(texts, max_size=1),
        "character_book": books | st.none(),
        "creator_notes_multilingual": st.dictionaries(st.sampled_from(["en", "zh"]), texts),
        "source": listed,
        "group_only_greetings": dirty_list,
        "creation_date": numbers,
        "assets": st.lists(strange, max_size=2),
    }
)
cards = st.builds(
    lambda spec, data, beside: {**beside, **spec, "data": data},
    st.sampled_from(
        [{"spec": f"chara_card_v{version}", "spec_version": f"{version}.0"} for version in (2, 3)]
    ),
    datas,
    optional({"name": texts, "description": texts, "talkativeness": st.just("0.5"), "create_date": texts}),
)


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


# What a format wants to be so: anything else that came is written as it was understood.
SOUND = {
    **dict.fromkeys(
        (*OLD_KEYS, "creator_notes", "system_prompt", "post_history_instructions", "creator"), _text
    ),
    **dict.fromkeys(("nickname", "character_version", "content"), _text),
    **dict.fromkeys(("tags", "group_only_greetings", "keys"), _list),
    "extensions": lambda value: isinstance(value, dict),
    "enabled": lambda value: isinstance(value, bool),
    "insertion_order": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}


def lost(came: Any, went: Any, *path: str) -> list[str]:
    """Where something that came in soundly did not go out as it was. What a format wants besides may be there."""
    known = len(path) == 1 or (len(path) == 4 and path[:2] == ("character_book", "entries"))
    if known and path[-1] in SOUND and not SOUND[path[-1]](came):
        return [] if SOUND[path[-1]](went) else [f"{path} is {went!r}"]
    if path in (("first_mes",), ("alternate_greetings",)):
        return []  # they are one list here; what they say is compared as a whole
    if isinstance(came, dict) and isinstance(went, dict):
        return [each for key in came for each in lost(came[key], went.get(key, ...), *path, key)]
    if isinstance(came, list) and isinstance(went, list) and len(came) == len(went):
        return [each for pair in zip(came, went, strict=True) for each in lost(*pair, *path, "[]")]
    return [] if came == went else [f"{path}: {came!r} became {went!r}"]


@pytest.mark.parametrize("format", FORMATS)
@given(card=cards)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_what_came_in_comes_out_again(format: Format, card: dict[str, Any]):
    first = imported(written(card))
    file = exported(first, format)
    went = opened(file).card
    second = imported(file)

    assert lost(card["data"], went["data"]) == []
    assert {key: went[key] for key in card if key not in ("spec", "spec_version", "data")} == {
        key: value for key, value in card.items() if key not in ("spec", "spec_version", "data")
    }
    assert _itself(second) == _itself(first)
    assert opened(exported(second, format)).card == went


def _itself(character: Character) -> dict[str, Any]:
    """All that is known of it, but its address and what is only its row's."""
    made = json.loads(json.dumps(definition_of(character)))
    for book in made["lorebooks"]:
        del book["key"]
        for entry in book["entries"]:
            del entry["key"]
    return {key: value for key, value in made.items() if key not in ("slug", "picture", "hue")}


@pytest.fixture
def whole(mira: Character) -> Character:
    """With something in each field that its author may fill."""
    for name in OWN_COLUMNS:
        field = Character._meta.get_field(name)
        if isinstance(field, models.BooleanField):
            setattr(mira, name, True)
        elif isinstance(field, models.IntegerField):
            setattr(mira, name, 7)
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            setattr(mira, name, f"Of {name}.")
    mira.reports_only, mira.tags, mira.nickname = ["machine"], ["slow"], "Mi"
    mira.depth_prompt, mira.depth_prompt_depth, mira.depth_prompt_role = "Rain.", 2, "user"
    for name in TEXTS:
        setattr(mira, name, f"Of {name}.")
    mira.save()
    mira.greetings.create(position=2, text="Again you.")
    for title in ("World", "River"):
        book = Lorebook.objects.create(title=title, recursive=True, scan_depth=3, token_budget=99)
        book.entries.create(
            title="Tower", keys=["tower", "/b(e)ll/i"], content="It leans.", place="at_depth", depth=2
        )
        mira.lorebooks.add(book)
    return mira


@pytest.mark.parametrize("format", FORMATS)
def test_a_character_made_here_comes_back_with_all_its_own_fields(whole: Character, format: Format):
    again = imported(exported(whole, format))

    assert _itself(again) == _itself(whole)
    assert (again.tagline, again.creator, again.creator_notes) == (
        whole.tagline,
        whole.creator,
        whole.creator_notes,
    )


def test_what_was_changed_here_goes_out_changed_and_the_rest_as_it_came():
    card = v2(extensions={"talkativeness": "0.5", "x": [1]}, tags=[{"name": "Slow"}])
    card |= {"description": "{{char}} draws maps.", "fav": True}
    character = imported(png_card(card))
    character.description = "She burnt them."
    character.save()

    went = opened(exported(character, "v2-png")).card

    assert went["data"]["description"] == went["description"] == "She burnt them."
    assert went["data"]["extensions"] == {"talkativeness": "0.5", "x": [1]}
    assert (went["data"]["tags"], went["fav"]) == (["Slow"], True)


def test_the_files_of_an_archive_go_out_with_it():
    files = {"assets/emotion/images/joy.png": b"joy", "module.risum": b"risu"}

    assert opened(exported(imported(charx(v2(), files)), "charx")).files == files
