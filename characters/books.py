"""A lorebook as a value: what a version of a character keeps of its books, and what a prompt reads."""

from __future__ import annotations

from typing import Any, TypedDict

from django.db.models import QuerySet

from characters.models import Lorebook, LoreEntry

# What of an entry a prompt depends on.
OPTIONS = tuple(
    field.name for field in LoreEntry._meta.concrete_fields if field.name not in ("id", "book", "card")
)


class BookValue(TypedDict):
    """`entries` have the options of a `LoreEntry`, and a `key` that no other entry has."""

    key: str
    title: str
    scan_depth: int | None
    token_budget: int | None
    recursive: bool
    entries: list[dict[str, Any]]


def book_values(books: QuerySet[Lorebook]) -> list[BookValue]:
    """The books in their order, in two queries."""
    return [_book_value(book) for book in books.prefetch_related("entries")]


def _book_value(book: Lorebook) -> BookValue:
    return BookValue(
        key=str(book.pk),
        title=book.title,
        scan_depth=book.scan_depth,
        token_budget=book.token_budget,
        recursive=book.recursive,
        entries=[
            {"key": str(entry.pk)} | {name: getattr(entry, name) for name in OPTIONS}
            for entry in book.entries.all()
        ],
    )
