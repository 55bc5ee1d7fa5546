"""Rows -> the lorebooks of a scene. Sync."""

from __future__ import annotations

from collections.abc import Iterable

from characters.books import BookValue, book_values
from characters.models import Lorebook, Persona
from characters.versions import Definition
from roleplay.conversations.models import Conversation
from roleplay.prompt.lorebook.values import Book, Entry, Source


def books_of(conversation: Conversation, persona: Persona | None, definition: Definition) -> tuple[Book, ...]:
    """The conversation's, the persona's, those that the version of the character has, and those of all characters."""
    return (
        *_books("conversation", book_values(conversation.lorebooks.all())),
        *_books("persona", book_values(persona.lorebooks.all()) if persona else []),
        *character_books(definition),
    )


def character_books(definition: Definition) -> tuple[Book, ...]:
    """Those that the version of the character has, and those of all characters."""
    everywhere = Lorebook.objects.filter(everywhere=True, owner=None)
    return (
        *own_books(definition),
        *_books("everywhere", book_values(everywhere)),
    )


def own_books(definition: Definition) -> tuple[Book, ...]:
    """Those that the version of the character has."""
    return tuple(_books("character", definition.get("lorebooks", ())))


def _books(source: Source, values: Iterable[BookValue]) -> Iterable[Book]:
    for value in values:
        yield Book(
            key=value["key"],
            title=value["title"],
            source=source,
            scan_depth=value["scan_depth"],
            token_budget=value["token_budget"],
            recursive=value["recursive"],
            entries=tuple(_entry(entry) for entry in value["entries"]),
        )


def _entry(value: dict[str, object]) -> Entry:
    """Lists become tuples: a scene cannot be changed."""
    return Entry(**{name: tuple(each) if isinstance(each, list) else each for name, each in value.items()})  # type: ignore[arg-type]
