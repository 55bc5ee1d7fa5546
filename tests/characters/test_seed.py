"""The demo characters: whole, public, and only there where nobody has written a character yet."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest
from PIL import Image

from characters.models import Character
from characters.seed import FOLDER, ORDER, seed_demo
from characters.versions import definition_of
from roleplay.prompt.budget import tokens
from roleplay.prompt.values import Persona, Sheet
from tests.prompt.heads import system_prompt

WRITTEN = {slug: json.loads((FOLDER / f"{slug}.json").read_text("utf-8")) for slug in ORDER}
every_demo = pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)


@pytest.mark.django_db
def test_the_demo_characters_come_public_with_a_picture_and_all_their_parts():
    made = seed_demo()

    newest_first = Character.objects.order_by("-pk")
    assert [character.slug for character in newest_first] == list(ORDER)
    assert [character.pk for character in made] == [character.pk for character in newest_first]
    for character in made:
        definition, written = definition_of(character), WRITTEN[character.slug]
        assert character.visibility == "public"
        assert character.picture is not None
        assert Image.open(BytesIO(bytes(character.picture.data))).size == (640, 640)
        assert definition["quotes"] == written["quotes"]
        assert definition["situations"] == [[s["when"], s["then"]] for s in written["situations"]]
        assert definition["greetings"] == written["greetings"]
        assert (definition["reply_prefix"], definition["reinforce_every"]) == ("", None)


@pytest.mark.django_db
def test_a_second_time_changes_nothing():
    seed_demo()

    assert seed_demo() == []
    assert Character.objects.count() == len(ORDER)


@pytest.mark.django_db
def test_where_an_author_has_written_a_character_nothing_is_added():
    Character.objects.create(slug="mira", name="Mira")

    assert seed_demo() == []
    assert Character.objects.get().slug == "mira"


@every_demo
def test_a_system_prompt_of_a_demo_character_is_full_and_not_wasteful(written):
    texts = {key: written[key] for key in Sheet.__dataclass_fields__ if isinstance(written.get(key), str)}
    situations = tuple((situation["when"], situation["then"]) for situation in written["situations"])
    prompt = system_prompt(
        Sheet(**texts, quotes=tuple(written["quotes"]), situations=situations), Persona("Ada")
    )

    assert 900 <= tokens(prompt) <= 1600
    assert "{{" not in prompt


def test_every_demo_file_is_seeded():
    assert {path.stem for path in FOLDER.iterdir()} == set(ORDER)


def test_there_are_demo_characters_in_both_languages():
    languages = [written["language"] for written in WRITTEN.values()]

    assert languages.count("en") >= 3
    assert languages.count("zh") >= 2


@every_demo
def test_a_demo_character_has_enough_of_everything(written):
    assert 5 <= len(written["quotes"]) <= 8
    assert 4 <= len(written["situations"]) <= 6
    assert 2 <= len(written["greetings"]) <= 3
    assert 2 <= len(written["tags"]) <= 3
    assert written["hue"] % 10 == 0


@every_demo
def test_a_demo_character_begins_with_an_invitation_that_begs_an_answer(written):
    first = written["greetings"][0]

    assert first.startswith("*")
    assert first.rstrip()[-2:] in ("?”", "？”")


@every_demo
def test_actions_and_speech_of_a_demo_character_are_marked_and_closed(written):
    for text in [*written["greetings"], written["examples"]]:
        for paragraph in text.split("\n\n"):
            assert paragraph.count("*") % 2 == 0
            assert paragraph.count("“") == paragraph.count("”")
        assert "*" in text and "“" in text


@every_demo
def test_a_demo_character_uses_no_other_macro_than_the_two_names(written):
    assert set(re.findall(r"\{\{.*?\}\}", json.dumps(written))) == {"{{char}}", "{{user}}"}
    assert "<START>" not in written["examples"]
