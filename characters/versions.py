"""A character's definition as a value, and the versions of it that conversations keep."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from django.contrib.auth.models import User
from django.db import transaction

from characters.books import BookValue, book_values
from characters.models import Character, CharacterVersion
from characters.search import keep_terms


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
    tagline: NotRequired[str]
    creator: NotRequired[str]
    creator_notes: NotRequired[str]
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
        tagline=character.tagline,
        creator=character.creator,
        creator_notes=character.creator_notes,
        lorebooks=lorebooks,
    )


def newest_version(character: Character) -> CharacterVersion | None:
    return character.versions.order_by("-number").first()


def shown_definition(character: Character) -> Definition:
    """What readers know of the character. Perhaps without its lorebooks."""
    return character.published.definition if character.published else _definition_with(character, [])


def current_version(character: Character) -> CharacterVersion:
    """What a conversation begins with: what was published. Of a character that never was, the newest version where it
    says what the character is now, or a new one with the next number.

    The character's row is locked, so that two callers at once get the same version. Raises
    `Character.DoesNotExist` for one that was deleted meanwhile.
    """
    with transaction.atomic():
        locked = _locked(character)
        return locked.published or _version(locked)


def keep(character: Character) -> CharacterVersion:
    """A version of the character as it stands, of a draft too: something else is about to take its place."""
    with transaction.atomic():
        return _version(_locked(character))


def publish(character: Character, author: User | None, note: str = "") -> CharacterVersion:
    """The character as it stands becomes what readers get. Where the newest version says the same, that is it.

    `note`: what changed, in the author's words. Raises `Character.DoesNotExist` for one that was deleted meanwhile.
    """
    with transaction.atomic():
        version = _version(_locked(character))
        if author and version.author is None:
            version.author, version.note = author, note
            version.save(update_fields=["author", "note"])
        _mark(character, published=version, unpublished=False)
        return version


def keep_as_draft(character: Character) -> None:
    """What was saved is not for readers yet, if they have a version and it says something else."""
    published = character.published
    draft = published is not None and not _says(published, definition_of(character))
    _mark(character, published=published, unpublished=draft)


def _mark(character: Character, *, published: CharacterVersion | None, unpublished: bool) -> None:
    character.published, character.unpublished = published, unpublished
    Character.objects.filter(pk=character.pk).update(published=published, unpublished=unpublished)
    keep_terms(character.pk)


def _says(version: CharacterVersion, definition: Definition) -> bool:
    """Whether the version says this; of what a version of old lacks, nothing is known."""
    return {**definition, **version.definition} == definition


def _locked(character: Character) -> Character:
    return Character.objects.select_for_update(no_key=True).get(pk=character.pk)


def _version(locked: Character) -> CharacterVersion:
    """The newest where it says what the character is now, else a new one."""
    newest, definition = newest_version(locked), definition_of(locked)
    if newest and _says(newest, definition):
        return newest
    return locked.versions.create(number=newest.number + 1 if newest else 1, definition=definition)
