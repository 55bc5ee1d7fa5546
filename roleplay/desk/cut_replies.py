"""How often the guard cut a character's replies, by check, and what it cut. Sync."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Sum
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from characters.models import Character
from roleplay.conversations.models import Conversation, Mend
from roleplay.words import BREAKS

MOST_SHOWN = 10  # of each check: the newest


@dataclass(frozen=True)
class OfCheck:
    """`tokens` were asked for in vain; `newest` are some of its cuts, `words` are what was found."""

    sentence: Any
    times: int
    tokens: int
    newest: list[Mend]
    words: list[str]


def cut_replies(character: Character, user: User) -> SafeString:
    """Sentences of the user's own conversations alone: what others talk of is nobody's business."""
    mends = Mend.objects.filter(character=character) if character.pk else Mend.objects.none()
    own = mends.filter(turn__conversation__in=Conversation.objects.visible_to(user))
    counted = mends.order_by().values("by").annotate(times=Count("pk"), tokens=Sum("told") + Sum("said"))
    checks = [
        OfCheck(
            BREAKS[row["by"]],
            row["times"],
            row["tokens"],
            list(own.filter(by=row["by"]).order_by("-created_at")[:MOST_SHOWN]),
            list(
                mends.filter(by=row["by"]).order_by().values_list("words", flat=True).distinct()[:MOST_SHOWN]
            ),
        )
        for row in counted.order_by("-times")
    ]
    return render_to_string("desk/cut_replies.html", {"checks": checks})
