"""Cards as they stand in the wild, each built byte by byte, and read."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import pytest

from characters.cards.importing import imported
from characters.cards.limits import CardError
from characters.models import Character
from tests.cards import V1, charx, chunk, jpeg, png, png_card, text_chunk, v2, v3, written

pytestmark = pytest.mark.django_db


def read(file: bytes, name: str = "mira.png") -> Character:
    character = imported(file, name=name)
    character.refresh_from_db()
    return character


@pytest.mark.parametrize(
    "file",
    [
        png_card(v2()),
        png_card(v3(), "ccv3"),
        png(after=text_chunk("chara", v2())),
        png(after=text_chunk("Chara", v2())),
        png(
            before=chunk(b"zTXt", b"Description\0\0" + zlib.compress(b"A map.")),
            after=text_chunk("chara", v2()),
        ),
        png(before=chunk(b"zTXt", b"chara\0\0" + zlib.compress(base64.b64encode(written(v2()))))),
        png(before=chunk(b"iTXt", b"chara\0\0\0\0\0" + base64.b64encode(written(v2())))),
        png(before=text_chunk("chara", v2(), crc=7)),
        png(
            before=text_chunk("chara", {"name": "Old", **V1, "description": "Old."})
            + text_chunk("ccv3", v3())
        ),
        written(v2()),
        b"\xef\xbb\xbf\n " + written(v3()),
        charx(v3()),
        charx(v3(), {"assets/icon/images/main.png": png(), "x_meta/main.json": b"{}"}),
        jpeg() + charx(v3()),
    ],
    ids=[
        "V2",
        "V3",
        "behind the image",
        "capital keyword",
        "other texts before it",
        "packed",
        "international",
        "wrong checksum",
        "the newer wins",
        "JSON",
        "JSON with a mark",
        "CHARX",
        "CHARX with files",
        "JPEG with an archive behind it",
    ],
)
def test_the_container_makes_no_difference(file: bytes):
    character = read(file)

    assert (character.name, character.description) == ("Mira", "{{char}} draws maps.")
    assert [greeting.text for greeting in character.greetings.all()] == ["You are late.", "Again you."]
    assert (character.examples, character.scenario) == (V1["mes_example"], "By the river.")
    assert (character.tags, character.creator) == (["Slow", "river"], "Ada")
    assert character.creator_notes == "Be kind to her."
    assert (character.slug, character.visibility) == ("mira", "private")


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (V1, {"description": "{{char}} draws maps."}),
        (
            {
                "char_name": "Mira",
                "char_persona": "Maps.",
                "char_greeting": "Hm?",
                "world_scenario": "A hut.",
            },
            {"description": "Maps.", "scenario": "A hut."},
        ),
        ({"name": "Mira", "greeting": "Hm?", "context": "Maps."}, {"description": "Maps."}),
        (
            {
                "kind": "character",
                "name": "Mira",
                "persona": {"kind": "boostyle", "attributes": {"craft": ["maps", "ink"]}},
                "greeting": "Hm?",
                "insert": {"depth": 2, "prompt": "Rain."},
            },
            {"description": "craft: maps, ink", "depth_prompt": "Rain.", "depth_prompt_depth": 2},
        ),
        (
            {**v2(), **V1, "description": "Stale.", "talkativeness": "0.5"},
            {"description": "{{char}} draws maps."},
        ),
        ({**v3(), "spec_version": "3.7"}, {"name": "Mira"}),
    ],
    ids=["V1", "Pygmalion", "textgen", "Agnai", "doubled at the root", "newer than known"],
)
def test_the_shapes_of_other_programs(card: dict[str, Any], expected: dict[str, Any]):
    character = read(written(card))

    assert {key: getattr(character, key) for key in expected} == expected
    assert character.name == "Mira"
    assert character.greetings.count() >= 1
    assert character.card == json.loads(written(card))


@pytest.mark.parametrize(
    "changes",
    [
        {"extensions": {"talkativeness": "0.5", "fav": False}},
        {"extensions": None},
        {"extensions": []},
        {"tags": [{"name": "Slow"}, 7, None]},
        {"tags": "Slow, dry"},
        {"alternate_greetings": None},
        {"alternate_greetings": [{"text": "Again you."}, "", 5]},
        {"name": None},
        {"name": "  "},
        {"nickname": 7, "creator": None, "scenario": ["By", "the river."]},
        {"character_book": {"entries": None}},
        {"character_book": {"entries": [None, "x", {}]}},
        {"character_book": {"name": 5, "entries": [{"keys": "a, b", "content": None, "probability": None}]}},
        {"first_mes": ""},
    ],
)
def test_what_makes_no_sense_counts_as_not_said(changes: dict[str, Any]):
    character = read(written(v2(**changes)), "Ilse.json")

    assert character.name in ("Mira", "Ilse")
    assert character.card
    assert character.card["data"] == json.loads(written(v2(**changes)))["data"]


def test_a_missing_extensions_and_missing_fields_are_no_fault():
    character = read(charx({"spec": "chara_card_v3", "spec_version": "3.0", "data": {"name": "Mira"}}))

    assert (character.name, character.description, character.greetings.count()) == ("Mira", "", 0)


def test_entries_of_a_book_keep_their_meaning():
    entry = {
        "uid": 3,
        "keys": ["tower", {"text": "bell"}],
        "content": "The tower leans.",
        "position": "after_char",
        "insertion_order": "7",
        "extensions": {
            "position": 4,
            "depth": 2,
            "role": 2,
            "probability": None,
            "selectiveLogic": 3,
            "sticky": 5,
        },
    }
    numbered = {
        "0": {
            "uid": 0,
            "key": ["river"],
            "keysecondary": ["deep"],
            "content": "It moves.",
            "disable": True,
            "order": 9,
            "position": 1,
        }
    }
    first = read(written(v2(character_book={"name": "World", "entries": [entry]}))).lorebooks.get()
    second = read(written(v2(character_book={"entries": numbered}))).lorebooks.get()

    tower, river = first.entries.get(), second.entries.get()
    assert (first.title, second.title) == ("World", "Mira")
    assert (tower.keys, tower.content, tower.order) == (["tower", "bell"], "The tower leans.", 7)
    assert (tower.place, tower.depth, tower.role, tower.probability) == ("at_depth", 2, "assistant", 100)
    assert (tower.logic, tower.sticky) == ("and_all", 5)
    assert (river.keys, river.secondary_keys, river.enabled) == (["river"], ["deep"], False)
    assert (river.order, river.place) == (9, "after")


def test_a_chinese_card_speaks_chinese():
    assert read(written(v2(description="她画会动的河。", first_mes="你迟到了。"))).language == "zh"


def test_two_of_one_name_have_two_addresses():
    assert [read(png_card(v2())).slug for _ in range(3)] == ["mira", "mira-2", "mira-3"]


def test_the_picture_of_a_card_is_kept_without_its_text():
    character = read(png_card(v2()))

    assert character.picture
    assert bytes(character.picture.data)[8:12] == b"WEBP"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"", "This is no card"),
        (b"hello", "This is no card"),
        (png(), "There is no card in the picture."),
        (jpeg(), "There is no card in the picture."),
        (png(before=text_chunk("risuai", b"gA==")), "This is an old card of RisuAI."),
        (charx(None, {"a.txt": b"a"}), "There is no card.json"),
        (b"{}", "There is no card in the file."),
        (b'{"name": "Mira"}', "There is no card in the file."),
        (b"[1]", "This is no card"),
        (b"- name: Mira\n", "This is no card"),
        (b"Dear Mira: come home.\nYours: Ada\n", "There is no card in the file."),
        (b"---\n- Mira\n", "There is no card in the file."),
    ],
)
def test_what_is_no_card_is_refused_with_a_sentence(file: bytes, sentence: str):
    with pytest.raises(CardError, match=sentence):
        imported(file)
    assert not Character.objects.exists()
