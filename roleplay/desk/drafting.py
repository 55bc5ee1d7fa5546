"""What a model is asked for when it drafts a character, and what can be taken of its answer. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from roleplay.prompt.budget import tokens
from roleplay.prompt.text import clean, clean_name
from roleplay.prompt.values import Block, Prompt

Value = str | int | bool | list[str] | list[list[str]]
Kind = Literal["text", "name", "texts", "pairs", "number", "yes"]

OPENING = "{"  # what the answer goes on from
MOST_NUMBER = 32_767
MOST_BEGINNINGS = 4  # braces at which the answer may begin
LANGUAGES = {"en": "English", "zh": "Chinese"}


@dataclass(frozen=True)
class Key:
    """A field of the form that can be drafted. `many` is how many texts or pairs are asked for, `most` code points of
    each text.
    """

    kind: Kind
    meaning: str
    many: int = 0
    most: int = 16_000

    @property
    def form(self) -> str:
        """How the model is told what to write."""
        return {
            "texts": f"{self.many} texts",
            "pairs": f'{self.many} pairs "when", "then"',
            "yes": "true or false",
            "number": "number",
        }.get(self.kind, "text")


# By the name of the field, in the order in which one thinks of a person.
KEYS = {
    "name": Key("name", "the whole name", most=64),
    "nickname": Key("name", "the short name under which it speaks", most=64),
    "tagline": Key("text", "one sentence for the gallery, at most 15 words", most=200),
    "tags": Key("texts", "single words for the gallery", many=3, most=40),
    "description": Key("text", "who it is and what it looks like, in the third person, 60 to 120 words"),
    "personality": Key("text", "how it is, with what contradicts it, 30 to 60 words"),
    "background": Key("text", "where it comes from, what it wants, what it keeps to itself, 60 to 120 words"),
    "speech": Key("text", "manner of speech: length of sentences, favourite words, what is never said"),
    "quotes": Key("texts", "sentences that only this character would say", many=10, most=2000),
    "situations": Key("pairs", "when something happens, what the character does", many=3, most=2000),
    "scenario": Key("text", "where and when it begins, and how {{user}} comes into it"),
    "greetings": Key("texts", "what it says and does first: *actions* in asterisks, “speech” in quotation marks", many=2),
    "rules": Key("text", "what holds in this scene whatever happens, 20 to 40 words"),
    "never_says": Key("texts", "phrases that would break the character, such as an assistant’s", many=6, most=200),
    "reminder": Key("text", "the character in two sentences, said again in a long conversation"),
    "keeps_language": Key("yes", "whether it keeps to this language"),
    "most_words": Key("number", "at most so many words in a reply"),
}  # fmt: skip


class NoDraft(Exception):
    """What the model wrote is not JSON, or holds nothing that was asked for."""


def asked(
    premise: str, keys: Iterable[str], *, language: str, written: Mapping[str, Value], text: str = OPENING
) -> Prompt:
    """The request for these keys. `written` is what the form holds already, `text` how far the answer has come."""
    lines = [
        "You help an author write a character for a role-play chat. Answer with one JSON object and nothing else. "
        f"Write in {LANGUAGES[language]}. Its keys:",
        *(f'"{name}" ({KEYS[name].form}): {KEYS[name].meaning}' for name in keys),
    ]
    told = f"Premise: {premise.strip() or '–'}"
    if written:
        told += f"\n\nWritten so far:\n{json.dumps(written, ensure_ascii=False)}"
    system = "\n".join(lines)
    return Prompt(
        blocks=(
            Block("system", system, "drafting", tokens(system)),
            Block("user", told, "drafting", tokens(told)),
        ),
        name="",
        language=language,
        text=text,
    )


def drafted(text: str, keys: Iterable[str]) -> dict[str, Value]:
    """What can be taken of an answer, by field; what does not fit a field is left out. Raises NoDraft."""
    keys = list(keys)
    for value in _objects(text):
        found = {
            name: fitting for name in keys if (fitting := _fitting(KEYS[name], value.get(name))) is not None
        }
        if found:
            return found
    raise NoDraft


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The first objects in the text: some models put a fence or a word before theirs, or say the brace again."""
    begin = text.find("{")
    for _ in range(MOST_BEGINNINGS):
        if begin < 0:
            return
        with suppress(ValueError, RecursionError):
            value, _end = json.JSONDecoder(strict=False).raw_decode(text, begin)
            if isinstance(value, dict):
                yield value
        begin = text.find("{", begin + 1)


def _fitting(key: Key, value: Any) -> Value | None:
    """The value as its field takes it; None for one that it cannot."""
    if key.kind == "yes":
        return value if isinstance(value, bool) else None
    if key.kind == "number":
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value if whole and 0 < value <= MOST_NUMBER else None
    if key.kind == "pairs":
        pairs = value if isinstance(value, list) else []
        fitting = [
            [_text(each.get(part), key.most) for part in ("when", "then")]
            for each in pairs
            if isinstance(each, dict)
        ]
        return [pair for pair in fitting if all(pair)] or None
    if key.kind == "texts":
        texts = value.splitlines() if isinstance(value, str) else value if isinstance(value, list) else []
        return [text for each in texts if (text := _text(each, key.most))] or None
    text = _text(value, key.most)
    return (clean_name(text) if key.kind == "name" else text) or None


def _text(value: Any, most: int) -> str:
    return clean(value).strip()[:most] if isinstance(value, str) else ""
