"""A character's definition as a value, and the versions of it that conversations keep."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from django.contrib.auth.models import User
from django.db import transaction

from characters.books import BookValue, book_values
from characters.models import Character, CharacterVersion


class Definition(TypedDict):
    """All that a prompt, or the page of a conversation, needs of a character. Versions of old lack some of it."""

    slug: str
    name: str
    nickname: str
    language: str
    hue: int
    picture: str  # its SHA-256, or ""
    description: str
    personality: str
    background: str
    speech: str
    scenario: str
    rules: str
    examples: str
    quotes: list[str]
    situations: list[list[str]]  # pairs: when, then
    greetings: list[str]
    reply_prefix: str
    reinforce_every: int | None
    open_definition: bool
    never_says: NotRequired[list[str]]
    keeps_language: NotRequired[bool]
    most_words: NotRequired[int | None]
    may_be_machine: NotRequired[bool]
    calls_user: NotRequired[str]
    begins_with: NotRequired[str]
    ends_with: NotRequired[str]
    reports_only: NotRequired[list[str]]
    when_cut: NotRequired[str]
    system_prompt: NotRequired[str]
    post_history: NotRequired[str]
    depth_prompt: NotRequired[str]
    depth_prompt_depth: NotRequired[int]
    depth_prompt_role: NotRequired[str]
    reminder: NotRequired[str]
    tags: NotRequired[list[str]]
    lorebooks: NotRequired[list[BookValue]]


def definition_of(character: Character) -> Definition:
    """The character's present definition, in the shape that JSON gives back unchanged."""
    return _definition_with(character, book_values(character.lorebooks.all()))


def _definition_with(character: Character, lorebooks: list[BookValue]) -> Definition:
    return written(
        character,
        quotes=[quote.text for quote in character.quotes.all()],
        situations=[[situation.when, situation.then] for situation in character.situations.all()],
        greetings=[greeting.text for greeting in character.greetings.all()],
        lorebooks=lorebooks,
    )


def written(
    character: Character,
    *,
    quotes: list[str],
    situations: list[list[str]],
    greetings: list[str],
    lorebooks: list[BookValue],
) -> Definition:
    """What the columns of a character say, with these parts: it need not be saved."""
    return Definition(
        slug=character.slug,
        name=character.name,
        nickname=character.nickname,
        language=character.language,
        hue=character.hue,
        picture=character.picture_id or "",
        description=character.description,
        personality=character.personality,
        background=character.background,
        speech=character.speech,
        scenario=character.scenario,
        rules=character.rules,
        examples=character.examples,
        quotes=quotes,
        situations=situations,
        greetings=greetings,
        reply_prefix=character.reply_prefix,
        reinforce_every=character.reinforce_every,
        open_definition=character.open_definition,
        never_says=[phrase for line in character.never_says.splitlines() if (phrase := line.strip())],
        keeps_language=character.keeps_language,
        most_words=character.most_words,
        may_be_machine=character.may_be_machine,
        calls_user=character.calls_user,
        begins_with=character.begins_with,
        ends_with=character.ends_with,
        reports_only=character.reports_only,
        when_cut=character.when_cut,
        system_prompt=character.system_prompt,
        post_history=character.post_history,
        depth_prompt=character.depth_prompt,
        depth_prompt_depth=character.depth_prompt_depth,
        depth_prompt_role=character.depth_prompt_role,
        reminder=character.reminder,
        tags=character.tags,
        lorebooks=lorebooks,
    )


def newest_version(character: Character) -> CharacterVersion | None:
    return character.versions.order_by("-number").first()


def shown_definition(character: Character) -> Definition:
    """What readers know of the character: while it is a draft, its newest version. Perhaps without its lorebooks."""
    newest = newest_version(character) if character.unpublished else None
    return newest.definition if newest else _definition_with(character, [])


def current_version(character: Character) -> CharacterVersion:
    """What a conversation begins with. Of a draft it is the newest version; else the newest where it says what the
    character is now, or a new one with the next number.

    The character's row is locked, so that two callers at once get the same version. Raises
    `Character.DoesNotExist` for one that was deleted meanwhile.
    """
    with transaction.atomic():
        locked = _locked(character)
        newest = newest_version(locked)
        return newest if newest and locked.unpublished else _version(locked, newest)


def keep(character: Character) -> CharacterVersion:
    """A version of the character as it stands, of a draft too: something else is about to take its place."""
    with transaction.atomic():
        Character.objects.filter(pk=character.pk).update(unpublished=False)
        return current_version(character)


def publish(character: Character, author: User | None, note: str = "") -> CharacterVersion:
    """The character as it stands becomes what readers get. Where the newest version says the same, that is it.

    `note`: what changed, in the author's words. Raises `Character.DoesNotExist` for one that was deleted meanwhile.
    """
    with transaction.atomic():
        locked = _locked(character)
        Character.objects.filter(pk=locked.pk).update(unpublished=False)
        character.unpublished = False
        return _version(locked, newest_version(locked), author, note)


def keep_as_draft(character: Character) -> None:
    """What was saved is not for readers yet, if they have a version and it says something else."""
    newest = newest_version(character)
    character.unpublished = newest is not None and newest.definition != definition_of(character)
    Character.objects.filter(pk=character.pk).update(unpublished=character.unpublished)


def _locked(character: Character) -> Character:
    return Character.objects.select_for_update(no_key=True).get(pk=character.pk)


def _version(
    locked: Character, newest: CharacterVersion | None, author: User | None = None, note: str = ""
) -> CharacterVersion:
    definition = definition_of(locked)
    if newest and newest.definition == definition:
        return newest
    number = newest.number + 1 if newest else 1
    return locked.versions.create(number=number, definition=definition, author=author, note=note)
