"""How often the guard cut a character's replies, by check, and what it cut. Sync."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from characters.models import Character
from roleplay.conversations.models import Mend
from roleplay.words import BREAKS

MOST_SHOWN = 10  # of each check: the newest


@dataclass(frozen=True)
class OfCheck:
    """`tokens` were asked for in vain; `newest` are some of its cuts."""

    sentence: Any
    times: int
    tokens: int
    newest: list[Mend]


def cut_replies(character: Character) -> SafeString:
    mends = Mend.objects.filter(character=character) if character.pk else Mend.objects.none()
    counted = mends.order_by().values("by").annotate(times=Count("pk"), tokens=Sum("told") + Sum("said"))
    checks = [
        OfCheck(
            BREAKS[row["by"]],
            row["times"],
            row["tokens"],
            list(mends.filter(by=row["by"]).order_by("-created_at")[:MOST_SHOWN]),
        )
        for row in counted.order_by("-times")
    ]
    return render_to_string("desk/cut_replies.html", {"checks": checks})
