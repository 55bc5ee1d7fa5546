"""One thing that an author should know, and how many of them are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

MOST = 5  # of one rule
# The parts of a character that findings are about, as its form has them.
FIELDS = (
    "name",
    "nickname",
    "language",
    "description",
    "personality",
    "background",
    "speech",
    "scenario",
    "lorebooks",
    "rules",
    "examples",
    "reply_prefix",
    "reminder",
    "never_says",
    "calls_user",
    "begins_with",
    "ends_with",
    "when_cut",
    "system_prompt",
    "post_history",
    "depth_prompt",
    "quotes",
    "situations",
    "greetings",
)
_SHOWN = 30  # code points of a text by which its author knows it


@dataclass(frozen=True)
class Finding:
    """`field` is one of `FIELDS`. `grave`: something will not work at all, and is not only worse than it could be."""

    field: str
    sentence: str
    grave: bool = False


def in_order(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda each: (not each.grave, FIELDS.index(each.field)))


def few(found: Iterable[Finding]) -> list[Finding]:
    """The first of one rule's findings, each once, and how many more there are."""
    every = in_order(dict.fromkeys(found))
    if len(every) <= MOST:
        return every
    sentence = _("And %(number)d more of this kind.") % {"number": len(every) - MOST}
    return [*every[:MOST], replace(every[MOST - 1], sentence=sentence)]


def first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + "…"
