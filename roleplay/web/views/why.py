"""Why this reply: what the model was told for it, in order, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from characters.models import Character
from characters.versions import Definition
from roleplay.conversations import tree_map as maps
from roleplay.conversations.models import Conversation, Mend, Message, Role
from roleplay.conversations.tree_map import Place
from roleplay.prompt.record import Record, RecordedBlock, RecordedLore
from roleplay.providers.money import money
from roleplay.web.characters import character_of
from roleplay.words import BREAKS, FIELDS


@dataclass(frozen=True)
class Section:
    """Blocks that stand together: `reason` says why they are there. `text` is None where the reader may not see it."""

    reason: str
    tokens: int
    text: str | None = None
    places: list[Place] = field(default_factory=list)


@login_required
@require_safe
@never_cache
def why(request: HttpRequest, conversation: UUID, message: UUID) -> HttpResponse:
    found = get_object_or_404(Conversation.objects.visible_to(request.user), pk=conversation)
    replies = found.messages.filter(role=Role.ASSISTANT).select_related("cast_member__version")
    reply = get_object_or_404(replies, pk=message)
    turn = reply.turns.recorded().first()
    record: Record | None = turn.record if turn else None
    context: dict[str, Any] = {
        "conversation": found,
        "character": character_of(request.user, found),
        "reply": reply,
    }
    if turn and record:
        sees = found.trial or _sees_definition(request.user, reply)
        context |= {
            "turn": turn,
            "record": record,
            "sections": _sections(reply, record, sees),
            "tokens": round(sum(block["tokens"] for block in record["blocks"]) * record.get("factor", 1.0)),
            "lore": _lore(reply, record, sees),
            "missed": _missed(record, sees),
            "cuts": [(FIELDS[cut["what"]], cut["tokens"]) for cut in record.get("cuts", ())],
            "cached": _share(turn.usage),
            "money": money(turn.cost),
            "breaks": _breaks(turn.breaks, sees),
            "cut": _cut(reply, sees),
        }
    return render(request, "why.html", context)


def _sees_definition(user: Any, reply: Message) -> bool:
    assert reply.cast_member
    version = reply.cast_member.version
    definition: Definition = version.definition
    written = Character.objects.written_by(user).filter(pk=version.character_id or 0)
    return definition["open_definition"] or written.exists()


def _breaks(found: list[tuple[str, str]], sees_definition: bool) -> list[tuple[Any, str]]:
    """What was wrong, in words; by which words of the text, where the reader may know the author's checks."""
    if not sees_definition:
        return [(_("A check of its author failed."), "")] if found else []
    return [(BREAKS[check], words) for check, words in found]


def _cut(reply: Message, sees_definition: bool) -> list[tuple[Any, Mend | None, int]]:
    """Why the guard cut the reply, and the tokens that were asked for in vain; what it cut, where the reader may know
    the author's checks.
    """
    mends = Mend.objects.filter(turn__message=reply)
    reasons = [_breaks([(mend.by, mend.words)], sees_definition)[0][0] for mend in mends]
    return [
        (reason, mend if sees_definition else None, mend.told + mend.said)
        for reason, mend in zip(reasons, mends, strict=True)
    ]


_WHY_NOT = {
    "budget": _("the lorebooks had no more room"),
    "book_budget": _("its lorebook had no more room"),
    "probability": _("chance was against it"),
    "group": _("another of its group was told"),
    "no_note": _("there is no author’s note around which it could stand"),
    "work": _("there was too much to look through"),
}
_OWN = ("conversation", "persona")  # books that readers choose themselves


def _lore(
    reply: Message, record: Record, sees_definition: bool
) -> list[tuple[RecordedLore | None, Place | None]]:
    """What lorebooks said, and the message that brought it in; None for what the reader may not see."""
    lore = record.get("lore", [])
    depths = sorted({depth for each in lore if (depth := each.get("depth")) is not None}, reverse=True)
    ids = Message.objects.ancestors(reply.pk, depths)
    places: dict[int | None, Place] = {
        place.depth: place for place in maps.places(Message.objects.filter(pk__in=ids))
    }
    return [
        (each, places.get(each.get("depth"))) if sees_definition or each["source"] in _OWN else (None, None)
        for each in lore
    ]


def _missed(record: Record, sees_definition: bool) -> list[tuple[str, Any]]:
    """Entries that were found and not told, and why."""
    return [
        (each["title"] or each["book"], _WHY_NOT[each["why"]])
        for each in record.get("missed", ())
        if sees_definition or each["source"] in _OWN
    ]


def _sections(reply: Message, record: Record, sees_definition: bool) -> list[Section]:
    told = _told(reply, record)
    return [
        Section(
            reason,
            sum(block["tokens"] for block in blocks),
            blocks[0].get("text") if sees_definition or reason in ("note", "length") else None,
            [told[block["depth"]] for block in blocks if block.get("depth") in told],
        )
        for reason, grouped in groupby(record["blocks"], key=lambda block: block["reason"])
        for blocks in [list[RecordedBlock](grouped)]
    ]


def _told(reply: Message, record: Record) -> dict[int, Place]:
    """The messages of the history as they are by now, by depth."""
    depths = sorted((block["depth"] for block in record["blocks"] if "depth" in block), reverse=True)
    ids = Message.objects.ancestors(reply.pk, depths)
    return {place.depth: place for place in maps.places(Message.objects.filter(pk__in=ids))}


def _share(usage: dict[str, int] | None) -> int | None:
    """How much of what was told the provider had in its cache, in percent; None where it did not say."""
    if not usage or not usage["prompt"]:
        return None
    return round(100 * usage["cached"] / usage["prompt"])
