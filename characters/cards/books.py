"""Lorebooks that come in, alone or with a card, and go out as files. Sync."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from characters.books import OPTIONS
from characters.cards.book_files import as_lorebook_v3, as_world_info
from characters.cards.jsons import Json, dumped
from characters.cards.limits import MOST_ENTRIES, CardError
from characters.cards.lore import BookFields, EntryFields
from characters.models import Lorebook, LoreEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BookFormat = Literal["lorebook-v3", "world-info"]
BOOK_FORMATS: tuple[BookFormat, ...] = get_args(BookFormat)
LONGEST_TITLE = 100  # code points
_COLUMNS = ("title", "scan_depth", "token_budget", "recursive")


@dataclass(frozen=True)
class ReadBook:
    """A lorebook file that can be taken in as it is."""

    fields: BookFields
    title: str


def book_read(fields: BookFields, name: str) -> ReadBook:
    """`name`: for one without a title. Raises CardError."""
    bounded([fields])
    return ReadBook(fields, _titled(fields, name[:LONGEST_TITLE].strip() or "?"))


def bounded(books: Iterable[BookFields]) -> None:
    """Raises CardError for books with more entries than one file may bring."""
    if sum(len(book.entries) for book in books) > MOST_ENTRIES:
        raise CardError(_("There are more than 5000 entries of lorebooks in the file."))


@transaction.atomic
def book_taken_in(book: ReadBook, *, owner: User) -> Lorebook:
    return made_of(book.fields, title=book.title, owner=owner)


@transaction.atomic
def book_renewed(book: Lorebook, read: ReadBook) -> Lorebook:
    """The book, wherever it is chosen, as the file has it. What it was is kept as another, which is chosen nowhere."""
    title = _("%(title)s, as it was") % {"title": book.title[: LONGEST_TITLE - 20]}
    was = fields_of_book(book)
    made_of(replace(was, options=was.options | {"title": title}), title=title, owner=book.owner)
    for column, value in read.fields.options.items():
        setattr(book, column, value)
    book.title, book.card = read.title, read.fields.card
    book.save()
    book.entries.all().delete()
    _write_entries(book, read.fields)
    return book


def made_of(fields: BookFields, *, title: str, owner: User | None) -> Lorebook:
    """A new book. `title`: for one that says none."""
    options = {**fields.options, "title": _titled(fields, title)}
    book = Lorebook.objects.create(**options, card=fields.card, owner=owner)
    _write_entries(book, fields)
    return book


def fields_of_book(book: Lorebook) -> BookFields:
    """What the book is now, and how it came. Its entries stand as they came, whatever their order in a prompt."""
    entries = [
        EntryFields(_columns(entry, OPTIONS), entry.card or {}) for entry in book.entries.order_by("pk")
    ]
    return BookFields(_columns(book, _COLUMNS), entries, book.card or {})


def book_exported(book: Lorebook, format: BookFormat) -> bytes:
    """The file, which holds all that a file brought, with what was changed since."""
    written = as_world_info if format == "world-info" else as_lorebook_v3
    return dumped(written(fields_of_book(book)))


def _titled(fields: BookFields, otherwise: str) -> str:
    title: str = fields.options["title"]
    return title if title.strip() else otherwise


def _write_entries(book: Lorebook, fields: BookFields) -> None:
    LoreEntry.objects.bulk_create(
        LoreEntry(book=book, **entry.options, card=entry.card) for entry in fields.entries
    )


def _columns(row: Model, names: tuple[str, ...]) -> Json:
    return {name: getattr(row, name) for name in names}
