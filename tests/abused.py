"""A site whose people write nothing but abuse. Sync."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from characters.models import (
    CardAsset,
    Character,
    CharacterVersion,
    Greeting,
    Lorebook,
    LoreEntry,
    Persona,
    Quote,
    Report,
    Situation,
)
from characters.personas import default_persona
from characters.versions import definition_of
from roleplay.conversations.models import Conversation, Edit, Mend, Message, Usage
from roleplay.turns import prompts
from roleplay.turns.factor import Factor
from roleplay.turns.service import start_conversation
from roleplay.words import BREAKS
from tests.abuse import STRINGS
from tests.abuse_dealt import Deal
from tests.cast import make_long
from tests.turns.steps import claimed, finish, reply_of

CHARACTERS = 8
ODD_NAMES = ("onerror.alert+1@foreign.invalid", "W" * 150)
SLUGS = ("__proto__", "constructor", "w" * 80)


@dataclass
class Person:
    """A reader, and what is his. `reply` is one of which all is kept; `newer` is offered to the conversation."""

    user: User
    personas: list[Persona]
    books: list[Lorebook]
    conversation: Conversation
    reply: Message
    character: Character
    newer: CharacterVersion


@dataclass
class Abused:
    """All rows that pages are of."""

    characters: list[Character]
    books: list[Lorebook]  # the desk's
    reader: Person
    operator: Person


def make() -> Abused:
    """One who reads, one who writes at the desk and reads, and what both of them have."""
    deal = Deal()
    names = [
        User.objects.create(username=name, **_account(deal), is_staff=bool(at), is_superuser=bool(at))
        for at, name in enumerate(ODD_NAMES)
    ]
    books = [_book(deal, None) for _ in range(2)]
    characters = [_character(deal, number, books, names[0]) for number in range(CHARACTERS)]
    for user in names:
        Usage.objects.create(user=user, month=date(2026, 1, 1), turns=1, told=5, said=5)
    people = [_person(deal, user, character) for user, character in zip(names, characters, strict=False)]
    made = Abused(characters, books, *people)
    _log(deal, made)
    return made


def _account(deal: Deal) -> dict[str, str]:
    return {
        "first_name": deal.one("first_name", 150),
        "last_name": deal.one("last_name", 150),
        "email": '"<script>alert(pwned=1)</script>"@foreign.invalid',
    }


def _character(deal: Deal, number: int, books: list[Lorebook], reporter: User) -> Character:
    slug = SLUGS[number] if number < len(SLUGS) else f"abused-{number}"
    language = "zh" if number % 2 else "en"
    character = deal.row(
        Character,
        slug=slug,
        language=language,
        visibility="public",
        open_definition=True,
        tags=deal.words("tags"),
    )
    for kind in (Quote, Situation, Greeting):
        for position in range(3):
            deal.row(kind, character=character, position=position)
    if number == CHARACTERS - 1:
        character.visibility, character.taken_down = "private", deal.many("taken_down", 1000)
        character.save()
    deal.row(CardAsset, character=character, data=b"<script>")
    deal.row(Report, character=character, reporter=reporter)
    deal.row(CharacterVersion, character=character, number=1, definition=definition_of(character))
    character.lorebooks.set(books)
    return character


def _book(deal: Deal, owner: User | None) -> Lorebook:
    book = deal.row(Lorebook, owner=owner, recursive=True)
    for number in range(4):
        lists = {name: deal.words(name) for name in ("keys", "secondary_keys", "only_names", "only_tags")}
        if number:
            lists |= {"only_names": [], "only_tags": [], "secondary_keys": []}
        deal.row(LoreEntry, book=book, **lists, constant=number == 1)
    deal.row(LoreEntry, book=book, keys=["/(<img src=x onerror=alert(pwned=1)>/"])
    return book


def _person(deal: Deal, user: User, character: Character) -> Person:
    first = default_persona(user)
    texts = deal.texts(Persona)
    first.name, first.description = texts["name"], texts["description"]
    first.save()
    second = deal.row(Persona, user=user)
    books = [_book(deal, user) for _ in range(2)]
    second.lorebooks.set(books)
    conversation = start_conversation(user, character)
    newer = deal.row(CharacterVersion, character=character, number=9, definition=definition_of(character))
    Character.objects.filter(pk=character.pk).update(published=newer)
    Conversation.objects.filter(pk=conversation.pk).update(**deal.texts(Conversation), guarded=False)
    conversation.refresh_from_db()
    conversation.lorebooks.set(books)
    reply = _story(deal, conversation, user, [key for entry in books[0].entries.all() for key in entry.keys])
    conversation.next_opening = deal.one("next_opening", 200)  # the reply had the one before
    conversation.save()
    return Person(user, [first, second], books, conversation, reply, character, newer)


def _story(deal: Deal, conversation: Conversation, user: User, keys: list[str]) -> Message:
    """Every string as a message; some with other texts before, beside them, and with names; and at the end a reply with
    all that is kept of one.
    """
    character = conversation.cast.get().version.character
    make_long(conversation, len(STRINGS))
    path = list(conversation.messages.filter(depth__gt=0).order_by("depth"))
    for number, (message, text) in enumerate(zip(path, STRINGS, strict=True)):
        message.text, message.name = text, deal.name("message")
        message.edited, message.drifted = number % 8 == 0, number % 9 == 0
        message.checkpoint = deal.name("checkpoint") if number % 10 == 0 else ""
    Message.objects.bulk_update(path, ["text", "name", "edited", "drifted", "checkpoint"])
    for message in path[::8]:
        deal.row(Edit, message=message)
    for message in path[-40::8]:
        texts = {**deal.texts(Message), "checkpoint": ""}
        Message.objects.create_below(message.parent, conversation=conversation, role=message.role, **texts)
    conversation.refresh_from_db()
    claim = claimed(user, conversation, "\n".join(keys))
    prompts.prepare(claim, Factor("kimi-k2.6"))
    for check in BREAKS:
        deal.row(Mend, turn_id=claim.turn, by=check, place=0, told=5, said=5, character=character)
    finish(claim, text=deal.many("reply", 16_000), reason="stop")
    return reply_of(claim)


def _log(deal: Deal, made: Abused) -> None:
    """The desk's own memory of what was changed."""

    rows: list[Model] = [*made.characters[:4], *made.books, made.reader.user]
    for row in rows:
        LogEntry.objects.create(
            user=made.operator.user,
            content_type=ContentType.objects.get_for_model(row),
            object_id=row.pk,
            object_repr=deal.one("object_repr", 200),
            action_flag=CHANGE,
            change_message=deal.many("change_message", 4000),
        )
