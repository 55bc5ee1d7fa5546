"""The demo characters: written in `demo/*.json`, with pictures drawn by code."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

from django.db import transaction

from characters.drawing import draw
from characters.models import Character, Visibility
from characters.parts import write_parts
from characters.pictures import encoded, stored
from characters.versions import publish

FOLDER = Path(__file__).parent / "demo"
ORDER = (
    "tobias-wren",
    "ilse-marrow",
    "shen-zhiqiu",
    "a-fei",
    "unit-seven",
    "ottoline-vane",
)  # in the gallery


def seed_demo() -> list[Character]:
    """Creates the demo characters, all or none, and gives them in the gallery's order: the last that was made is the
    first there. Where there is any character already, none.
    """
    with transaction.atomic():
        if Character.objects.exists():
            return []
        made = [_create(json.loads((FOLDER / f"{slug}.json").read_text("utf-8"))) for slug in reversed(ORDER)]
        return made[::-1]


def _create(written: dict[str, Any]) -> Character:
    parts = {key: written.pop(key) for key in ("quotes", "situations", "greetings")}
    drawn = draw(written.pop("symbol"), written["hue"])
    picture = stored(encoded(BytesIO(drawn)))
    character = Character.objects.create(
        **written, picture=picture, visibility=Visibility.PUBLIC, open_definition=True
    )
    situations = [(each["when"], each["then"]) for each in parts["situations"]]
    write_parts(character, greetings=parts["greetings"], quotes=parts["quotes"], situations=situations)
    publish(character, None)
    return character
