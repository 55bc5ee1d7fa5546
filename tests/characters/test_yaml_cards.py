"""Characters of text-generation-webui, which are written in YAML."""

from __future__ import annotations

import pytest

from tests.cards import charx
from tests.characters.test_cards_in_the_wild import read

pytestmark = pytest.mark.django_db

YAML = b"""name: Mira
greeting: |-
  You are late.
  *She waits.*
context: |-
  {{char}} draws maps: of rivers, # and of none.
born: 2024-01-01
sure: yes
times: [1, 2.5, 1:30, true, ~, .inf, 0x1F, "7", 1e999]
"""


@pytest.mark.parametrize(
    "file",
    [
        YAML,
        b"\xef\xbb\xbf# Written by hand\n---\n" + YAML,
        YAML.replace(b"\n", b"\r\n"),
        charx(None, {"card.yaml": YAML}),
        charx(None, {"card.yml": YAML, "assets/a.txt": b"a"}),
    ],
    ids=["YAML", "with a mark and a comment", "of Windows", "in an archive", "in another"],
)
def test_a_character_of_textgen(file: bytes):
    character = read(file, "Mira.yaml")

    assert (character.name, character.greetings.get().text) == ("Mira", "You are late.\n*She waits.*")
    assert character.description == "{{char}} draws maps: of rivers, # and of none."
    assert character.card
    assert (character.card["born"], character.card["sure"]) == ("2024-01-01", "yes")
    assert character.card["times"] == [1, 2.5, "1:30", True, None, ".inf", "0x1F", "7", None]
    assert "card.yml" not in [asset.path for asset in character.assets.all()]


def test_yaml_in_the_keys_of_pygmalion_and_without_a_greeting():
    pygmalion = read(b"char_name: Mira\nchar_persona: Maps.\nchar_greeting: Hm?\n")
    silent = read(b"'name': Mira\n'context': Maps.\nexample_dialogue: So.\n")

    assert (pygmalion.description, pygmalion.greetings.get().text) == ("Maps.", "Hm?")
    assert (silent.description, silent.examples, silent.greetings.count()) == ("Maps.", "So.", 0)
