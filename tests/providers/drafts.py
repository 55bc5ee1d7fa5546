"""Requests for a draft, as the desk makes them."""

from __future__ import annotations

import json
from typing import Any

from roleplay.providers.demo.drafting.draft import draft
from roleplay.providers.demo.request import Message, Request

TEXTS = (
    "name",
    "nickname",
    "tagline",
    "description",
    "personality",
    "background",
    "speech",
    "scenario",
    "rules",
    "examples",
    "reply_prefix",
    "reminder",
    "calls_user",
)
KINDS = {
    **dict.fromkeys(TEXTS, "text"),
    "tags": "3 texts",
    "quotes": "10 texts",
    "situations": '3 pairs "when", "then"',
    "greetings": "3 texts",
    "never_says": "5 texts",
    "most_words": "number",
    "keeps_language": "true or false",
    "favourite_smell": "text",
}
LONG = ("description", "background", "speech", "scenario", "rules", "examples", "reminder")
LANGUAGES = {"en": "English", "zh": "Chinese"}
KEEPER = "a retired lighthouse keeper who collects lost letters"
FOX = "爱撒谎的小狐狸精，住在城南的当铺里"


def told(
    premise: str, *keys: str, language: str = "en", written: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The messages; all keys where none are named."""
    lines = [
        "You help an author write a character for a role-play chat. Answer with one JSON object and nothing else. "
        f"Write in {LANGUAGES[language]}. Its keys:"
    ]
    lines += [f'"{key}" ({KINDS[key]}): what stands under {key}' for key in keys or KINDS]
    so_far = f"\n\nWritten so far:\n{json.dumps(written, ensure_ascii=False)}" if written else ""
    return [
        {"role": "system", "content": "\n".join(lines)},
        {"role": "user", "content": f"Premise: {premise}{so_far}"},
    ]


def request(premise: str, *keys: str, **more: Any) -> Request:
    messages = (Message(each["role"], each["content"]) for each in told(premise, *keys, **more))
    return Request(messages=tuple(messages), content="{")


def drafted(premise: str, *keys: str, variation: int = 0, **more: Any) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(draft(request(premise, *keys, **more), variation))
    return values
