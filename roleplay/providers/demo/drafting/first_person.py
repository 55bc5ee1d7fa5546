"""PURE: what is told of somebody in English, as that person tells it."""

from __future__ import annotations

import re

ADVERBS = re.compile(
    r"^(?:(?:\w{3,}ly|never|always|still|often|once|only|also|now|just|not|and|but|or|who|that)\s+)+", re.I
)


def first_person(deed: str) -> str:
    """What stands after "I": "collects her letters" -> "collect my letters"."""
    adverbs = match[0] if (match := ADVERBS.match(deed)) else ""
    verb, _, rest = deed[len(adverbs) :].partition(" ")
    told = f"{adverbs}{_plain_form(verb)} {rest}".rstrip()
    told = re.sub(r"\b(?:he|she)\s+(\w+)", lambda match: f"I {_plain_form(match[1])}", told)
    flipped = {"his": "my", "her": "my", "their": "my", "its": "my", "himself": "myself", "herself": "myself"}
    flipped["itself"] = "myself"
    return re.sub(r"\b(?:his|her|their|its|(?:him|her|it)self)\b", lambda match: flipped[match[0]], told)


def _plain_form(verb: str) -> str:
    irregular = {"is": "am", "has": "have", "does": "do", "goes": "go", "was": "was", "hers": "mine"}
    if verb in irregular:
        return irregular[verb]
    if re.search(r".[^aeiou]ies$", verb):
        return verb[:-3] + "y"
    if re.search(r"(?:ch|sh|ss|x|zz|o)es$", verb):
        return verb[:-2]
    return verb[:-1] if re.search(r"[^su]s$", verb) else verb
