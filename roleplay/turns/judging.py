"""Rows -> the checks of a reply's character: what they find in it, and what its guard looks for. Sync."""

from __future__ import annotations

from characters.versions import Definition
from roleplay.conversations.models import Message
from roleplay.prompt.checks import GUARDING, Checks, breaks
from roleplay.turns.guard import Rules


def judged(reply: Message, text: str) -> list[tuple[str, str]]:
    """By which checks, and by which words, the reply broke its character."""
    if reply.cast_member is None or not text.strip():
        return []
    definition: Definition = reply.cast_member.version.definition
    found = breaks(
        text,
        checks_of(definition),
        names=(definition["name"], definition["nickname"]),
        user=reply.parent.name if reply.parent else "",
        language=definition["language"],
    )
    return [(each.check, each.words) for each in found]


def checks_of(definition: Definition) -> Checks:
    return Checks(
        never_says=tuple(definition.get("never_says", ())),
        keeps_language=definition.get("keeps_language", False),
        most_words=definition.get("most_words") or 0,
        may_be_machine=definition.get("may_be_machine", False),
        calls_user=definition.get("calls_user", ""),
        begins_with=definition.get("begins_with", ""),
        ends_with=definition.get("ends_with", ""),
        reports_only=frozenset(check for check in GUARDING if check in definition.get("reports_only", ())),
    )


def rules_of(reply: Message) -> Rules | None:
    """What its guard looks for; None where it has none."""
    if reply.cast_member is None or not reply.cast_member.conversation.guarded:
        return None
    definition: Definition = reply.cast_member.version.definition
    user = reply.parent.name if reply.parent else ""
    return Rules.of(checks_of(definition), names=(definition["name"], definition["nickname"]), user=user)
