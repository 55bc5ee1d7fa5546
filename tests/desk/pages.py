"""Addresses of the desk, and what a browser posts to them."""

from __future__ import annotations

from typing import Any

from characters.models import Character

ADD = "/admin/characters/character/add/"


def change_page(character: Character) -> str:
    return f"/admin/characters/character/{character.pk}/change/"


def written(**fields: Any) -> dict[str, Any]:
    """What a browser posts for a character; `quotes`, `situations` and `greetings` are lists of rows."""
    post: dict[str, Any] = {
        "name": "Mira",
        "slug": "mira",
        "language": "en",
        "hue": "45",
        "visibility": "private",
    }
    post |= {"depth_prompt_depth": "4", "depth_prompt_role": "system"}
    for prefix in ("quotes", "situations", "greetings"):
        rows = fields.pop(prefix, [])
        kept = sum("id" in row for row in rows)
        post |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": kept}
        for number, row in enumerate(rows):
            post |= {f"{prefix}-{number}-{key}": value for key, value in row.items()}
    return post | fields
