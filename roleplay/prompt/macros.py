"""Macros: `{{char}}` and `{{user}}`, with their old spellings `<BOT>`, `<CHAR>` and `<USER>`.

Only text written by authors is ever expanded; what a macro brings in is not expanded again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_MACRO = re.compile(r"\{\{\s*(\w+)\s*\}\}|<(user|bot|char)>", re.IGNORECASE)


def expand(text: str, values: Mapping[str, str]) -> str:
    """`text` with each known macro replaced once; unknown ones stay as they are written."""

    def value(match: re.Match[str]) -> str:
        name = (match[1] or match[2]).lower()
        return values.get("char" if name == "bot" else name, match[0])

    return _MACRO.sub(value, text)
