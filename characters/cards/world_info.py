"""PURE: entries as SillyTavern's world info files have them <-> as cards have them.

Each says by its own keys what the other says by others; a key that neither knows stays where it is.
"""

from __future__ import annotations

from characters.cards.jsons import Json
from characters.cards.lenient import mapping, number, text, truth

# Of a world info file -> of a card's entry; with a dot: within its extensions.
KEYS = {
    "uid": "id",
    "key": "keys",
    "keysecondary": "secondary_keys",
    "comment": "comment",
    "content": "content",
    "constant": "constant",
    "selective": "selective",
    "order": "insertion_order",
    "selectiveLogic": ".selectiveLogic",
    "position": ".position",
    "ignoreBudget": ".ignore_budget",
    "excludeRecursion": ".exclude_recursion",
    "preventRecursion": ".prevent_recursion",
    "delayUntilRecursion": ".delay_until_recursion",
    "probability": ".probability",
    "useProbability": ".useProbability",
    "depth": ".depth",
    "role": ".role",
    "outletName": ".outlet_name",
    "group": ".group",
    "groupOverride": ".group_override",
    "groupWeight": ".group_weight",
    "useGroupScoring": ".use_group_scoring",
    "scanDepth": ".scan_depth",
    "caseSensitive": ".case_sensitive",
    "matchWholeWords": ".match_whole_words",
    "sticky": ".sticky",
    "cooldown": ".cooldown",
    "delay": ".delay",
    "matchPersonaDescription": ".match_persona_description",
    "matchCharacterDescription": ".match_character_description",
    "matchCharacterPersonality": ".match_character_personality",
    "matchCharacterDepthPrompt": ".match_character_depth_prompt",
    "matchScenario": ".match_scenario",
    "matchCreatorNotes": ".match_creator_notes",
    "vectorized": ".vectorized",
    "automationId": ".automation_id",
    "displayIndex": ".display_index",
    "triggers": ".triggers",
    "characterFilter": ".characterFilter",
    "addMemo": ".addMemo",
}


OWN, BESIDE = "roleplay", "beside"  # in extensions: keys that would mean something else where they stood


def is_world_info(entry: Json) -> bool:
    return "key" in entry or "keysecondary" in entry


def of_world_info(entry: Json) -> Json:
    """With the keys of a card's entry."""
    inner = dict(mapping(entry.get("extensions")))
    made: Json = {key: value for key, value in entry.items() if key not in KEYS and key != "disable"}
    for key, value in entry.items():
        new = KEYS.get(key, "")
        if key == "disable":
            made["enabled"] = not truth(value)
        elif new.startswith("."):
            inner[new[1:]] = value
        elif new:
            made[new] = value
    rest, beside = parted(inner)
    return {**made, **beside, "extensions": rest}


def as_world_info(entry: Json) -> Json:
    """An entry of a card, with the keys of a world info file, as far as it says anything for them."""
    beside = {key: value for key, value in entry.items() if key in _OTHERWISE}
    if "id" in entry and type(entry["id"]) is not int:
        beside["id"] = entry["id"]
    made: Json = {
        key: value for key, value in entry.items() if key not in _OTHERWISE and key not in _OF_CARDS
    }
    inner = dict(mapping(entry.get("extensions")))
    if "position" in entry and number(inner.get("position")) is None:
        inner["position"] = int("after" in text(entry["position"]))
    if "case_sensitive" in entry:
        inner["case_sensitive"] = entry["case_sensitive"]
    for key, new in KEYS.items():
        if new.startswith("."):
            if new[1:] in inner:
                made[key] = inner.pop(new[1:])
        elif new in entry and new not in beside:
            made[key] = entry[new]
    if "enabled" in entry:
        made["disable"] = truth(entry["enabled"]) is False
    inner = with_beside(inner, beside)
    return made | ({"extensions": inner} if inner else {})


def with_beside(inner: Json, beside: Json) -> Json:
    """The extensions, which keep what stood beside them."""
    if not beside:
        return inner
    own = mapping(inner.get(OWN))
    return {**inner, OWN: {**own, BESIDE: {**mapping(own.get(BESIDE)), **beside}}}


def parted(inner: Json) -> tuple[Json, Json]:
    """The extensions without what they kept, and that."""
    own = mapping(inner.get(OWN))
    if not isinstance(beside := own.get(BESIDE), dict):
        return inner, {}
    kept = {key: value for key, value in own.items() if key != BESIDE}
    rest = {key: value for key, value in inner.items() if key != OWN}
    return rest | ({OWN: kept} if kept else {}), beside


_OF_CARDS = {new for new in KEYS.values() if not new.startswith(".")}
_OF_CARDS |= {"enabled", "extensions", "position", "case_sensitive"}
# What is a key of a world info file, and none of a card.
_OTHERWISE = {*KEYS, "disable"} - _OF_CARDS
