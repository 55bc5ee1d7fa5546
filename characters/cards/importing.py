"""A card file -> a character with its parts, its lorebook and its picture. Sync."""

from __future__ import annotations

from pathlib import PurePath

from django.db import transaction
from django.utils.text import slugify

from characters.cards.container import Opened, opened
from characters.cards.fields import CardFields, fields_of
from characters.cards.limits import CardError
from characters.cards.lore import BookFields
from characters.cards.shapes import data_of
from characters.models import CardAsset, Character, Lorebook, LoreEntry
from characters.pictures import EncodedPicture, PictureError, encoded_bytes, stored

LONGEST_SLUG = 80  # code points


def imported(file: bytes, *, name: str = "") -> Character:
    """The new character, which only authors see. `name`: of the file. Raises CardError, and then nothing was written."""
    card = opened(file)
    fields = fields_of(data_of(card.card), name=PurePath(name).stem)
    picture = _picture(card)
    with transaction.atomic():
        character = Character.objects.create(
            **fields.columns,
            slug=_free_slug(fields.columns["name"]),
            picture=stored(picture) if picture else None,
            card=card.card,
        )
        if picture and "hue" not in fields.columns:
            character.hue = picture.hue
            character.save(update_fields=["hue"])
        write_parts(character, fields)
        CardAsset.objects.bulk_create(
            CardAsset(character=character, path=path, data=data) for path, data in card.files.items()
        )
    return character


def write_parts(character: Character, fields: CardFields) -> None:
    """Greetings, quotes, situations and lorebooks of a character that has none yet."""
    for number, text in enumerate(fields.greetings, 1):
        character.greetings.create(position=number, text=text)
    for number, text in enumerate(fields.quotes, 1):
        character.quotes.create(position=number, text=text)
    for number, (when, then) in enumerate(fields.situations, 1):
        character.situations.create(position=number, when=when, then=then)
    for book in fields.books:
        character.lorebooks.add(_book(book, character.name))


def _book(fields: BookFields, name: str) -> Lorebook:
    options = {**fields.options, "title": fields.options["title"] or name}
    book = Lorebook.objects.create(**options, card=fields.card)
    LoreEntry.objects.bulk_create(
        LoreEntry(book=book, **entry.options, card=entry.card) for entry in fields.entries
    )
    return book


def _picture(card: Opened) -> EncodedPicture | None:
    """Raises CardError for one that is damaged."""
    if card.picture is None:
        return None
    try:
        return encoded_bytes(card.picture)
    except PictureError as error:
        raise CardError(error.sentence) from error


def _free_slug(name: str) -> str:
    slug = slugify(name, allow_unicode=True)[: LONGEST_SLUG - 8].strip("-") or "character"
    taken = set(Character.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(each for each in numbered if each not in taken)
