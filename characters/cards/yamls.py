"""YAML as text-generation-webui writes its characters: bounded, without types and anchors, as values of JSON."""

from __future__ import annotations

import math
import re
from typing import Any

import yaml
from django.utils.translation import gettext as _

from characters.cards.jsons import Json, cleaned, decoded, too_deep
from characters.cards.limits import DEEPEST, CardError

MOST_EVENTS = 100_000  # keys, values, beginnings and ends: half a second of them
LONGEST_NUMBER = 300  # digits
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C, which is not built everywhere
_MAPPING = re.compile(rb"^(?:---|[\"']?\w{1,60}[\"']?[ \t]{0,9}:(?:\s|$))", re.MULTILINE)
_LOOKED_AT = 64 * 1024  # bytes
_TEXT_TAGS = (None, "!", "tag:yaml.org,2002:str")
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?", re.ASCII)
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


def seems_yaml(text: bytes) -> bool:
    """Whether a line at its beginning is a key and a colon, as in a mapping."""
    return b"\0" not in text[:_LOOKED_AT] and _MAPPING.search(text[:_LOOKED_AT]) is not None


def loaded(text: bytes) -> Json:
    """The mapping that is written so. Dates, and all that is no value of JSON, stay text. Raises CardError."""
    written, built = decoded(text), _Built()
    try:
        for number, event in enumerate(yaml.parse(written, Loader=_LOADER)):
            if number > MOST_EVENTS:
                raise CardError(_("The text of the card has too many parts."))
            built.add(event)
    except yaml.YAMLError as error:
        raise CardError(_no_yaml()) from error
    if not isinstance(built.value, dict):
        raise CardError(_("There is no card in the file."))
    value: Json = cleaned(built.value)
    return value


class _Built:
    """What events come to, without recursion: a file may be nested as deep as it is long."""

    def __init__(self) -> None:
        self.value: Any = None
        self._open: list[dict[str, Any] | list[Any]] = []
        self._keys: list[str | None] = []  # of each mapping that is open: the key whose value comes next
        self._documents = 0

    def add(self, event: Any) -> None:
        """Raises CardError."""
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise CardError(_("There is more than one YAML document in the file."))
            case yaml.AliasEvent():
                raise CardError(_anchored())
            case yaml.ScalarEvent():
                self._check(event)
                self._put(_scalar(event), key=event.value)
            case yaml.CollectionStartEvent():
                self._check(event)
                made: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
                self._put(made)
                self._open.append(made)
                self._keys.append(None)
                if len(self._open) > DEEPEST:
                    raise CardError(too_deep())
            case yaml.CollectionEndEvent():
                self._open.pop()
                self._keys.pop()

    def _check(self, event: Any) -> None:
        if event.anchor is not None:
            raise CardError(_anchored())
        if event.tag not in _TEXT_TAGS:
            raise CardError(_("The YAML of the card names types of its own. A card needs none."))

    def _put(self, value: Any, *, key: str | None = None) -> None:
        """`key`: what the value is as a key, where it can be one."""
        if not self._open:
            self.value = value
        elif isinstance(inner := self._open[-1], list):
            inner.append(value)
        elif (waiting := self._keys[-1]) is not None:
            inner[waiting] = value
            self._keys[-1] = None
        elif key is None:
            raise CardError(_no_yaml())
        else:
            self._keys[-1] = key


def _scalar(event: Any) -> Any:
    written: str = event.value
    if event.style not in (None, "") or not event.implicit[0]:
        return written
    if written.lower() in _WORDS:
        return _WORDS[written.lower()]
    number = _NUMBER.fullmatch(written) if len(written) <= LONGEST_NUMBER else None
    if number is None:
        return written
    if number[1] is None and number[2] is None:
        return int(written)
    return value if math.isfinite(value := float(written)) else None


def _anchored() -> str:
    return _("The YAML of the card has anchors or aliases. Write out what they stand for.")


def _no_yaml() -> str:
    return _("The text of the card is no proper YAML.")
