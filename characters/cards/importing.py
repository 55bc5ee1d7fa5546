"""A card file -> a character with its parts, its lorebooks and its picture. Sync."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from characters.cards.book_files import book_in
from characters.cards.books import ReadBook, book_read, bounded, made_of
from characters.cards.container import Opened, opened
from characters.cards.fields import CardFields, fields_of
from characters.cards.limits import MOST_PARTS, CardError
from characters.cards.shapes import data_of
from characters.models import CardAsset, Character
from characters.parts import write_parts
from characters.pictures import EncodedPicture, PictureError, encoded_bytes, stored
from characters.versions import keep, publish

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LONGEST_SLUG = 80  # code points


@dataclass(frozen=True)
class ReadCard:
    """A card that can be taken in as it is."""

    card: Opened
    fields: CardFields
    picture: EncodedPicture | None

    @property
    def name(self) -> str:
        name: str = self.fields.columns["name"]
        return name


def read_any(file: bytes, *, name: str = "") -> ReadCard | ReadBook:
    """What the file holds, told by its contents. `name`: of the file, for what has none. Raises CardError."""
    found, stem = opened(file), PurePath(name).stem
    book = book_in(found.card)
    return _read(found, stem) if book is None else book_read(book, stem)


def read(file: bytes, *, name: str = "") -> ReadCard:
    """`name`: of the file, for a card without one. Raises CardError."""
    found = read_any(file, name=name)
    if isinstance(found, ReadBook):
        raise CardError(_("This is a lorebook, and no card."))
    return found


def imported(file: bytes, *, name: str = "", owner: User | None = None) -> Character:
    """The new character. `name`: of the file. Raises CardError, and then nothing was written."""
    return taken_in(read(file, name=name), owner=owner)


@transaction.atomic
def taken_in(card: ReadCard, *, owner: User | None = None) -> Character:
    """A new character, private to its owner; without one, it is the house's."""
    return _written(card, Character(slug=_free_slug(card.name), owner=owner))


@transaction.atomic
def renewed(character: Character, card: ReadCard, *, author: User | None = None) -> Character:
    """The character as the card has it, for its readers too. What it was, or its draft, is kept as a version; its
    address, its owner and who may see it stay. `author`: who brought the card.
    """
    character = Character.objects.select_for_update(no_key=True).get(pk=character.pk)
    keep(character)
    for parts in (character.greetings, character.quotes, character.situations, character.assets):
        parts.all().delete()
    character.lorebooks.clear()
    made = _written(card, character)
    publish(made, author)
    return made


def _read(card: Opened, name: str) -> ReadCard:
    """Raises CardError."""
    fields = fields_of(data_of(card.card), name=name)
    bounded(fields.books)
    if any(len(parts) > MOST_PARTS for parts in (fields.greetings, fields.quotes, fields.situations)):
        raise CardError(_("The card has more than 1000 greetings, quotes or situations."))
    return ReadCard(card, fields, _picture(card))


def _written(card: ReadCard, character: Character) -> Character:
    for column, value in card.fields.columns.items():
        setattr(character, column, value)
    if card.picture:
        character.picture = stored(card.picture)
        if "hue" not in card.fields.columns:
            character.hue = card.picture.hue
    character.card = card.card.card
    character.save()
    _write_parts(character, card.fields)
    CardAsset.objects.bulk_create(
        CardAsset(character=character, path=path, data=data) for path, data in card.card.files.items()
    )
    return character


def _write_parts(character: Character, fields: CardFields) -> None:
    """Greetings, quotes, situations and lorebooks of a character that has none yet."""
    write_parts(character, greetings=fields.greetings, quotes=fields.quotes, situations=fields.situations)
    for book in fields.books:
        character.lorebooks.add(made_of(book, title=character.name, owner=character.owner))


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
