"""What a turn took, counted at its end. Sync, inside the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F

from roleplay.conversations.models import Conversation, Turn, Usage
from roleplay.providers import sse


def count(turn: Turn, now: datetime) -> None:
    """Adds it to the conversation and to the month of its user, while he is there.

    The database adds: his turns of other conversations end at the same time.
    """
    if not turn.usage:
        return
    added = {
        "told": F("told") + turn.usage["prompt"],
        "cached": F("cached") + turn.usage["cached"],
        "said": F("said") + turn.usage["completion"],
        "cost": F("cost") + (turn.cost or 0),
    }
    Conversation.objects.filter(pk=turn.conversation_id).update(**added)
    if turn.user_id:
        _count_in_month(turn.user_id, now, turns=F("turns") + 1, **added)


def count_beside(user: int, usage: sse.Usage, cost: int | None, now: datetime) -> None:
    """Adds what was asked of the model outside of any conversation to the month of the user."""
    _count_in_month(
        user,
        now,
        told=F("told") + usage.prompt,
        cached=F("cached") + usage.cached,
        said=F("said") + usage.completion,
        cost=F("cost") + (cost or 0),
    )


def _count_in_month(user: int, now: datetime, **added: Any) -> None:
    month, _ = Usage.objects.get_or_create(user_id=user, month=now.date().replace(day=1))
    Usage.objects.filter(pk=month.pk).update(**added)
