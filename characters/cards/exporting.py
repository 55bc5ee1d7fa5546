"""A character -> a card file. Sync."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any, Literal, get_args

from PIL import Image

from characters.canvas import Canvas
from characters.cards import archive
from characters.cards.books import fields_of_book
from characters.cards.container import CARD, as_png
from characters.cards.fields import OWN_COLUMNS, TEXTS, CardFields, card_as_written, data_as_written
from characters.cards.jsons import Json, dumped
from characters.cards.lore import BookFields, book_of
from characters.cards.shapes import data_of, spec_of
from characters.models import Character, Lorebook

Format = Literal["v2-png", "v3-png", "json", "charx"]
FORMATS: tuple[Format, ...] = get_args(Format)
ENDINGS: dict[Format, str] = {"v2-png": "png", "v3-png": "png", "json": "json", "charx": "charx"}
_ICON = "assets/icon/images/main.png"


def exported(character: Character, format: Format) -> bytes:
    """The file, which holds all that a card brought, with what was changed since."""
    came = character.card or {}
    data = data_as_written(data_of(came) if came else {}, _now(character))
    if format == "json":
        return dumped(card_as_written(came, data, spec_of(came)))
    if format == "charx":
        return _archive(character, came, data)
    cards = {"chara": dumped(card_as_written(came, data, "chara_card_v2"))}
    if format == "v3-png":
        cards["ccv3"] = dumped(card_as_written(came, data, "chara_card_v3"))
    return as_png(_picture(character), cards)


def _archive(character: Character, came: Json, data: Json) -> bytes:
    files = {asset.path: bytes(asset.data) for asset in character.assets.all()}
    if not files and "assets" not in data:
        files[_ICON] = _picture(character)
        icon = {"type": "icon", "uri": f"embeded://{_ICON}", "name": "main", "ext": "png"}
        data = {**data, "assets": [icon]}
    return archive.packed({CARD: dumped(card_as_written(came, data, "chara_card_v3")), **files})


def _now(character: Character) -> CardFields:
    columns: dict[str, Any] = {
        name: getattr(character, name)
        for name in (*TEXTS, *OWN_COLUMNS, "name", "nickname", "tags")
        + ("depth_prompt", "depth_prompt_depth", "depth_prompt_role")
    }
    return CardFields(
        columns,
        greetings=[greeting.text for greeting in character.greetings.all()],
        quotes=[quote.text for quote in character.quotes.all()],
        situations=[(situation.when, situation.then) for situation in character.situations.all()],
        books=[_book(book, character.name) for book in character.lorebooks.all()],
    )


def _book(book: Lorebook, name: str) -> BookFields:
    """One that came without a title bears the character's name here."""
    fields = fields_of_book(book)
    came = book_of(fields.card).options["title"]
    unsaid = book.card is not None and book.title == (came if came.strip() else name)
    return replace(fields, options=fields.options | {"title": came}) if unsaid else fields


def _picture(character: Character) -> bytes:
    """As PNG; an evening sky in the character's hue, where it has none."""
    if character.picture is None:
        canvas = Canvas(character.hue)
        canvas.sky((0, 0.3), (70, 0.62), (100, 0.85))
        return canvas.png()
    target = BytesIO()
    with Image.open(BytesIO(bytes(character.picture.data))) as image:
        image.save(target, "PNG")
    return target.getvalue()
