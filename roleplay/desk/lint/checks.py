"""The author's checks by themselves: what cannot be run, what means nothing, what says too much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from django.utils.translation import gettext as _

from roleplay.desk.lint.common import matches_everything
from roleplay.desk.lint.finding import Finding
from roleplay.desk.lint.subject import Subject
from roleplay.forms import problems
from roleplay.prompt.text import plain

# Words that no reply does without. A character may have none of its own for “I”.
NEEDED = ("a", "and", "in", "of", "the", "to", "的", "了", "不", "是")
_LINES: tuple[Literal["calls_user", "begins_with", "ends_with"], ...] = (
    "calls_user",
    "begins_with",
    "ends_with",
)
_NAME = re.compile(r"\{\{\s*(?:char|user|bot)\s*\}\}|<(?:user|bot|char)>", re.IGNORECASE)
_NEVER_SAID = re.compile(
    r"\bnever (?:says?|uses?)(?: the words?)? [“\"]([^”\"\n]{1,60})[”\"]|(?<![得要能可])不(?:说|讲)[“「]([^”」\n]{1,30})[”」]",
    re.IGNORECASE,
)


def unusable(subject: Subject) -> Iterator[Finding]:
    """A check that never matches. `calls_user` is no pattern."""
    for field, words in _written(subject):
        if field != "calls_user":
            for sentence in problems([words]):
                yield Finding(field, str(sentence), grave=True)


def unnamed(subject: Subject) -> Iterator[Finding]:
    for field, words in _written(subject):
        if macro := _NAME.search(words):
            sentence = _(
                "%(macro)s stands for nobody here: checks are compared as they are written. Write a name."
            )
            yield Finding(field, sentence % {"macro": macro[0]}, grave=True)


def everywhere(subject: Subject) -> Iterator[Finding]:
    """What no reply can do without."""
    for words in subject.definition.get("never_says", ()):
        if plain(words) in NEEDED or matches_everything(words, subject.definition["language"]):
            sentence = _(
                "“%(words)s” is in nearly every reply: none would be let through. Write a longer phrase."
            )
            yield Finding("never_says", sentence % {"words": words}, grave=True)


def none_at_all(subject: Subject) -> Iterator[Finding]:
    definition = subject.definition
    if any(words.strip() for _field, words in _written(subject)):
        return
    if definition.get("keeps_language") or definition.get("most_words"):
        return
    if said := _NEVER_SAID.search(definition["speech"]):
        sentence = _("The manner of speech has “%(words)s” as what the character never says. Write it here, too: then a "
                     "reply that begins to say it is cut before it is read.")  # fmt: skip
        yield Finding("never_says", sentence % {"words": (said[1] or said[2]).strip(" ,.，。")})
    else:
        sentence = _("There is no check of the character’s own. Write a phrase that it would never say: then a reply that "
                     "begins to say it is cut before it is read.")  # fmt: skip
        yield Finding("never_says", sentence)


def _written(subject: Subject) -> Iterator[tuple[str, str]]:
    """What is compared with replies, with the field that has it."""
    for words in subject.definition.get("never_says", ()):
        yield "never_says", words
    for field in _LINES:
        if words := subject.definition.get(field, ""):
            yield field, words
