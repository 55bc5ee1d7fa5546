"""A version becomes the character again. Sync."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from characters.books import BookValue, book_values
from characters.models import Character, CharacterVersion, Lorebook, LoreEntry, Picture
from characters.parts import write_parts
from characters.versions import keep, publish

# Of a definition, what stands in columns of the character as it is.
COLUMNS = (
    "name",
    "nickname",
    "language",
    "hue",
    "description",
    "personality",
    "background",
    "speech",
    "scenario",
    "rules",
    "examples",
    "reply_prefix",
    "reinforce_every",
    "open_definition",
    "keeps_language",
    "most_words",
    "may_be_machine",
    "calls_user",
    "begins_with",
    "ends_with",
    "reports_only",
    "when_cut",
    "system_prompt",
    "post_history",
    "depth_prompt",
    "depth_prompt_depth",
    "depth_prompt_role",
    "reminder",
    "tags",
    "tagline",
    "creator",
    "creator_notes",
)


@transaction.atomic
def restored(character: Character, version: CharacterVersion, author: User) -> CharacterVersion:
    """The character as it was in the version, published anew. A draft that stood there is kept as a version.

    The address stays, and who may meet it.
    """
    character = Character.objects.select_for_update(no_key=True).get(pk=character.pk)
    keep(character)
    definition = version.definition
    for column in COLUMNS:
        if column in definition:
            setattr(character, column, definition[column])
    character.never_says = "\n".join(definition.get("never_says", ()))
    picture = definition["picture"]
    character.picture = Picture.objects.filter(pk=picture).first() if picture else None
    character.save()
    _write_parts(character, definition)
    character.lorebooks.set([_book(value, character) for value in definition.get("lorebooks", ())])
    return publish(character, author, _("As it was in version %(number)d") % {"number": version.number})


def _write_parts(character: Character, definition: Any) -> None:
    for parts in (character.greetings, character.quotes, character.situations):
        parts.all().delete()
    write_parts(
        character,
        greetings=definition["greetings"],
        quotes=definition["quotes"],
        situations=definition["situations"],
    )


def _book(value: BookValue, character: Character) -> Lorebook:
    """The book where it still says the same; else a new one that says what it said. Others may use it as it is now."""
    there = Lorebook.objects.filter(pk=value["key"])
    if book_values(there) == [value]:
        return there.get()
    book = Lorebook.objects.create(
        owner=character.owner,
        title=value["title"],
        scan_depth=value["scan_depth"],
        token_budget=value["token_budget"],
        recursive=value["recursive"],
    )
    LoreEntry.objects.bulk_create(
        LoreEntry(book=book, **{name: each for name, each in entry.items() if name != "key"})
        for entry in value["entries"]
    )
    return book
