"""What looks like a macro, and stays as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from roleplay.desk.lint.finding import Finding, first_words
from roleplay.desk.lint.lore import of_entry
from roleplay.desk.lint.subject import Subject, written
from roleplay.prompt.lorebook.values import Entry
from roleplay.prompt.macros import Macros, left

_BRACED = re.compile(r"([{｛]+)\s*(user|char)\s*([}｝]+)", re.IGNORECASE)
_HALF_CLOSED = re.compile(r"\{\{\s*(?:user|char)\s*\}", re.IGNORECASE)
_WORD = re.compile(r"\w")


def unknown(subject: Subject) -> Iterator[Finding]:
    outside, told = subject.outside, subject.told
    overriding = replace(told, original="…")
    for field, text, entry in _texts(subject):
        if "{{" not in text:
            continue
        macros = {
            "greetings": outside,
            "reply_prefix": outside,
            "system_prompt": overriding,
            "when_cut": overriding,
        }
        for sentence in _unknown(text, macros.get(field, told)):
            yield Finding(field, of_entry(entry, sentence) if entry else sentence)


def _unknown(text: str, macros: Macros) -> Iterator[str]:
    for words, closed in dict.fromkeys(left(text, macros)):
        if not closed and not _HALF_CLOSED.match(words):
            yield _("“%(macro)s…” is not closed. Write }} behind its name.") % {"macro": words}
        elif closed and _WORD.search(words):
            sentence = _(
                "“%(macro)s” is no macro that is known here, and stays as it is written. Change it, or take it out."
            )
            yield sentence % {"macro": first_words(written(words))}


def other_braces(subject: Subject) -> Iterator[Finding]:
    for field, text, entry in _texts(subject):
        for found in _BRACED.finditer(text):
            opened, name, closed = found.groups()
            if not (opened.endswith("{{") and closed.startswith("}}")):
                said = {"written": found[0], "macro": "{{" + name.lower() + "}}"}
                sentence = _("“%(written)s” stays as it is written. For the name, write %(macro)s.") % said
                yield Finding(field, of_entry(entry, sentence) if entry else sentence)


def _texts(subject: Subject) -> Iterator[tuple[str, str, Entry | None]]:
    """What may hold macros, with its field; for what an entry tells, the entry."""
    definition = subject.definition
    for field, text in (
        ("description", definition["description"]),
        ("personality", definition["personality"]),
        ("background", definition["background"]),
        ("speech", definition["speech"]),
        ("scenario", definition["scenario"]),
        ("rules", definition["rules"]),
        ("examples", definition["examples"]),
        ("reply_prefix", definition["reply_prefix"]),
        ("reminder", definition.get("reminder", "")),
        ("when_cut", definition.get("when_cut", "")),
        ("system_prompt", definition.get("system_prompt", "")),
        ("post_history", definition.get("post_history", "")),
        ("depth_prompt", definition.get("depth_prompt", "")),
        *(("quotes", text) for text in definition["quotes"]),
        *(("situations", text) for situation in definition["situations"] for text in situation),
        *(("greetings", text) for text in definition["greetings"]),
    ):
        yield field, text, None
    for _book, entry in subject.entries:
        yield "lorebooks", entry.content, entry
