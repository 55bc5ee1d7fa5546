"""What was imported comes out again, unknown keys included, in every format; and a character made here is itself again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings

from characters.cards.container import opened
from characters.cards.exporting import FORMATS, Format, exported
from characters.cards.fields import OWN_COLUMNS, TEXTS
from characters.cards.importing import imported
from characters.cards.shapes import V1 as OLD_KEYS
from characters.models import Character, Lorebook
from characters.versions import definition_of
from tests.cards import charx, png_card, v2, written
from tests.dirty_cards import cards

pytestmark = [pytest.mark.django_db, pytest.mark.once]


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


@pytest.mark.timeout(600)  # in full it takes minutes
@pytest.mark.parametrize("format", FORMATS)
def test_what_came_in_comes_out_again(format: Format, full: bool):
    number = settings(
        max_examples=500 if full else 12, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    number(given(card=cards)(lambda card: _comes_out_again(format, card)))()


def _comes_out_again(format: Format, card: dict[str, Any]) -> None:
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
