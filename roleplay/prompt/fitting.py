"""Cutting a text to what there is room for."""

from __future__ import annotations

import re

from roleplay.prompt.budget import size

LEAST = 16  # tokens: less than that says nothing
_END = re.compile(r"\n|(?<=[.!?。！？…])\s?")


def cut(text: str, most: int) -> str:
    """As much of the beginning as takes at most so many tokens, to the end of a line or sentence where there is one."""
    if size(text) <= most:
        return text
    if most < LEAST:
        return ""
    kept = text.encode()[: 4 * most].decode(errors="ignore")
    ends = [end.start() for end in _END.finditer(kept, len(kept) // 2)]
    return kept[: ends[-1]].rstrip() if ends else kept
