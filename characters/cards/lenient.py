"""Values as cards have them -> values as they ought to be. What makes no sense counts as not said."""

from __future__ import annotations

import math
from typing import Any


def text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    return "\n".join(filter(None, map(text, value))) if isinstance(value, list) else ""


def texts(value: Any) -> list[str]:
    """Of a list, whose members may be objects that hold the text; of a text with commas."""
    if isinstance(value, str):
        return [each for part in value.split(",") if (each := part.strip())]
    members = value if isinstance(value, list) else []
    held = (
        next(filter(None, map(text, each.values())), "") if isinstance(each, dict) else text(each)
        for each in members
    )
    return [each for each in held if each.strip()]


def number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    return int(value) if isinstance(value, int | float) and math.isfinite(value) else None


def truth(value: Any) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.lower())
    return None if value is None or isinstance(value, dict | list) else bool(value)


def mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def within(value: Any, least: int, most: int) -> int | None:
    """The nearest whole number that is allowed; None where there is no number."""
    found = number(value)
    return None if found is None else min(max(found, least), most)
