"""Definitions as an author may write them, and the prompt of their first turn, without a database."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from typing import Any, cast

from characters import seed
from characters.books import BookValue
from characters.versions import Definition
from roleplay.prompt.assemble import assemble
from roleplay.prompt.lorebook.values import Entry
from roleplay.prompt.values import Line, Persona, Prompt, Scene
from roleplay.turns.books import own_books
from roleplay.turns.scenes import sheet

BUDGET = 32_768  # tokens

# A character of whom there is nothing to say.
MIRA: dict[str, Any] = {
    "slug": "mira",
    "name": "Mira Vance",
    "nickname": "Mira",
    "language": "en",
    "hue": 210,
    "picture": "",
    "description": "{{char}} is forty and draws maps of a river that moves. She has ink on both hands, a coat with "
    "eleven pockets, and a brass compass that she does not trust. Her shop stands where the ferry landed once.",
    "personality": "Exact in small things and reckless in large ones. She is kind to whoever is lost.",
    "background": "",
    "speech": "Short sentences. Never a question she knows the answer to. She measures by bends and bridges.",
    "scenario": "",
    "rules": "",
    "examples": "{{user}}: Is it far?\n{{char}}: *She folds the map.* “Two bends.”",
    "quotes": ["A map is a promise, {{user}}.", "The river moved. I did not.", "Bring me a dry pencil."],
    "situations": [["{{user}} lies", "she folds the map away."]],
    "greetings": ["*Mira looks up from her maps.* “You are late. Did the river hold you?”"],
    "reply_prefix": "",
    "reinforce_every": None,
    "open_definition": True,
    "never_says": ["okay"],
    "keeps_language": True,
    "most_words": None,
    "may_be_machine": False,
    "calls_user": "",
    "begins_with": "",
    "ends_with": "",
    "reports_only": [],
    "when_cut": "",
    "system_prompt": "",
    "post_history": "",
    "depth_prompt": "",
    "depth_prompt_depth": 4,
    "depth_prompt_role": "system",
    "reminder": "",
    "tags": [],
    "tagline": "",
    "creator": "",
    "creator_notes": "",
    "lorebooks": [],
}


def mira(**changed: Any) -> Definition:
    return cast(Definition, MIRA | changed)


def demo(slug: str) -> Definition:
    """A demo character as its version has it."""
    kept = json.loads((seed.FOLDER / f"{slug}.json").read_text("utf-8"))
    situations = [[each["when"], each["then"]] for each in kept["situations"]]
    unchecked = {"never_says": [], "keeps_language": False}
    return mira(
        **unchecked | {name: kept[name] for name in MIRA if name in kept} | {"situations": situations}
    )


def book(*entries: dict[str, Any], **options: Any) -> BookValue:
    """Its entries have a text and a key, unless they say otherwise."""
    defaults = {
        field.name: list(field.default) if isinstance(field.default, tuple) else field.default
        for field in fields(Entry)
        if field.default is not MISSING
    }
    usual = {"title": "Ferry", "content": "It sank.", "keys": ["ferry"]}
    value = {"key": "book", "title": "World", "scan_depth": None, "token_budget": None, "recursive": False}
    numbered = [{"key": str(number), **defaults, **usual, **entry} for number, entry in enumerate(entries)]
    return cast(BookValue, value | {"entries": numbered} | options)


def first_prompt(definition: Definition, budget: int = BUDGET) -> Prompt:
    """After the first greeting and a word of a reader, as the desk's preview has it."""
    character = sheet(definition)
    greetings = [Line("assistant", character.char, text, 0) for text in definition["greetings"][:1]]
    return assemble(
        Scene(
            sheet=character,
            persona=Persona("Reader"),
            lines=(*greetings, Line("user", "Reader", "…", len(greetings))),
            books=own_books(definition),
            length=len(greetings) + 1,
            budget=budget,
        )
    )
