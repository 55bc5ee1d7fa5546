"""PURE: what was shown is not taken back, unless somebody changed it."""

from __future__ import annotations

from typing import Any


class TakenBack(AssertionError):
    """What was shown is not the beginning of what is shown now."""


def changed(known: dict[str, Any], message: dict[str, Any]) -> bool:
    """Whether somebody changed it: then its text may be any."""
    return known["edited"] != message["edited"] or "deleted" in (known["state"], message["state"])


def judge(shown: str, now: str) -> None:
    """Raises TakenBack where the text that is shown now does not begin with the one that was."""
    if not now.startswith(shown):
        raise TakenBack(f"{shown!r} was shown, and then {now!r}")
