"""The shapes that cards have in the wild -> the `data` of a card of the second or third specification."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from characters.cards.jsons import Json
from characters.cards.limits import CardError

SPECS = {"chara_card_v2": "2.0", "chara_card_v3": "3.0"}
V1 = ("name", "description", "personality", "scenario", "first_mes", "mes_example")
_PYGMALION = {
    "char_name": "name",
    "char_persona": "description",
    "world_scenario": "scenario",
    "char_greeting": "first_mes",
    "example_dialogue": "mes_example",
}
_TEXTGEN = {
    "name": "name",
    "context": "description",
    "greeting": "first_mes",
    "example_dialogue": "mes_example",
}
_AGNAI = {
    "name": "name",
    "greeting": "first_mes",
    "scenario": "scenario",
    "sampleChat": "mes_example",
    "tags": "tags",
    "alternateGreetings": "alternate_greetings",
    "characterBook": "character_book",
    "extensions": "extensions",
    "systemPrompt": "system_prompt",
    "postHistoryInstructions": "post_history_instructions",
    "creator": "creator",
    "characterVersion": "character_version",
    "description": "creator_notes",
}


def data_of(card: Json) -> Json:
    """What the card says of its character: a mapping of its own, the values shared with the card. Raises CardError."""
    if isinstance(card.get("data"), dict):
        return {**card["data"]}
    if card.get("kind") == "character" or isinstance(card.get("persona"), dict):
        return _of_agnai(card)
    if "char_name" in card:
        return {new: card[old] for old, new in _PYGMALION.items() if old in card}
    known = {key for key in V1[1:] if key in card}
    if "name" in card and (
        ("greeting" in card and "first_mes" not in known) or ("context" in card and not known)
    ):
        return {new: card[old] for old, new in _TEXTGEN.items() if old in card}
    if "name" in card and known:
        return {key: value for key, value in card.items() if key not in ("spec", "spec_version")}
    raise CardError(_("There is no card in the file."))


def spec_of(card: Json) -> str:
    """The specification that it follows; that of the third version for one that follows none."""
    spec = card.get("spec")
    return spec if isinstance(spec, str) and spec in SPECS else "chara_card_v3"


def _of_agnai(card: Json) -> Json:
    data = {new: card[old] for old, new in _AGNAI.items() if old in card}
    persona = card.get("persona")
    attributes = persona.get("attributes") if isinstance(persona, dict) else None
    said = (
        [_attribute(persona, name, words) for name, words in attributes.items()]
        if isinstance(attributes, dict)
        else []
    )
    data["description"] = "\n".join(filter(None, said))
    insert = card.get("insert")
    if isinstance(insert, dict) and "depth_prompt" not in (data.get("extensions") or {}):
        extensions = data["extensions"] if isinstance(data.get("extensions"), dict) else {}
        data["extensions"] = {**extensions, "depth_prompt": insert}
    return data


def _attribute(persona: Any, name: str, words: Any) -> str:
    listed = ", ".join(map(str, words)) if isinstance(words, list) else str(words or "")
    return listed if persona.get("kind") == "text" or name == "text" else f"{name}: {listed}"
