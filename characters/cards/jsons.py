"""JSON as cards have it: bounded, and cleaned so that the databases can hold it."""

from __future__ import annotations

import json
import math
from typing import Any

from django.utils.translation import gettext as _

from characters.cards.limits import DEEPEST, MOST_JSON, CardError

Json = dict[str, Any]


def loaded(text: bytes) -> Json:
    """The object that is written so. Raises CardError."""
    try:
        value = json.loads(decoded(text), parse_float=_number, parse_constant=_nothing)
    except RecursionError as error:
        raise CardError(too_deep()) from error
    except ValueError as error:
        raise CardError(_("The text of the card is no proper JSON.")) from error
    if not isinstance(value, dict):
        raise CardError(_("There is no card in the file."))
    if _depth(value) > DEEPEST:
        raise CardError(too_deep())
    found: Json = cleaned(value)
    return found


def decoded(text: bytes) -> str:
    """Raises CardError for one that is too long, or not in UTF-8."""
    if len(text) > MOST_JSON:
        raise CardError(_("The text of the card is longer than 2 MB."))
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CardError(_("The text of the card is not in UTF-8.")) from error


def dumped(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def too_deep() -> str:
    return _("The text of the card is nested more than 32 times.")


def _number(written: str) -> float | None:
    number = float(written)
    return number if math.isfinite(number) else None


def _nothing(_written: str) -> None:
    """NaN and Infinity are no JSON."""


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level := [each for each in level if isinstance(each, dict | list)]:
        depth += 1
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]
    return depth


def cleaned(value: Any) -> Any:
    """With texts that the databases can hold."""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list):
        return [cleaned(each) for each in value]
    if isinstance(value, dict):
        return {_clean(key): cleaned(each) for key, each in value.items()}
    return value


def _clean(text: str) -> str:
    """Without NUL; surrogate pairs joined, lone surrogates replaced: as all texts at the door."""
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
