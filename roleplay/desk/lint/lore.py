"""Entries of lorebooks that are never told, or tell nothing."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from roleplay.desk.lint.finding import Finding, first_words
from roleplay.desk.lint.subject import Subject, filled
from roleplay.prompt.budget import size
from roleplay.prompt.lore import OF_BUDGET
from roleplay.prompt.lorebook.values import Book, Entry
from roleplay.prompt.text import plain


def of_entry(entry: Entry, sentence: str) -> str:
    """The sentence, with the name of the entry that it is about."""
    named = {"entry": first_words(entry.name.strip() or entry.told), "sentence": sentence}
    return _("%(entry)s: %(sentence)s") % named if named["entry"] else sentence


def never_told(subject: Subject) -> Iterator[Finding]:
    for _book, entry in subject.entries:
        sentence = _dead(entry)
        if sentence and entry.told.strip() and "dont_activate" not in entry.decorators:
            yield Finding("lorebooks", of_entry(entry, sentence), grave=True)


def _dead(entry: Entry) -> str:
    if not entry.probability:
        return _("Its probability is 0, so that it is never told. Raise it, or take the entry out of use.")
    if entry.constant or (filled(entry.keys) and not _contradicts(entry)) or "activate" in entry.decorators:
        return ""
    if filled(entry.keys):
        return _("Its secondary keys forbid its keys, so that it is never told. Choose others.")
    return _("It has no key, so that it is never told. Write one, or let it always be told.")


def _contradicts(entry: Entry) -> bool:
    """Whether what brings it in keeps it out as well."""
    if not entry.selective or not entry.secondary_keys or entry.case_sensitive:
        return False
    keys, secondary = (
        {plain(key) for key in some if key.strip()} for some in (entry.keys, entry.secondary_keys)
    )
    if entry.logic == "not_all":
        return len(keys) == 1 and keys == secondary
    return entry.logic == "not_any" and keys <= secondary


def no_room(subject: Subject) -> Iterator[Finding]:
    """What is too large for its book or for the prompt, or finds no room beside what is always told."""
    large = set()
    for book, entry in subject.entries:
        most = _most(book, subject.budget)
        if entry.ignore_budget or size(entry.told) <= most:
            continue
        if (tokens := size(subject.said(entry.told).strip())) > most:
            large.add(entry.name)
            sentence = _(
                "It takes %(tokens)d tokens, and may take %(most)d, so that it is never told. Shorten it."
            )
            said = {"tokens": tokens, "most": most}
            yield Finding("lorebooks", of_entry(entry, sentence % said), grave=True)
    for missed in subject.prompt.lore.missed:
        if missed.source != "character" or missed.title in large:
            continue
        if missed.why in ("budget", "book_budget"):
            sentence = _(
                "“%(entry)s” finds no room in the first prompt, beside what else is told of the lorebooks."
            )
            yield Finding("lorebooks", sentence % {"entry": missed.title})
        elif missed.why == "work":
            sentence = _(
                "“%(book)s” takes too long to look through, so that not all of it is found. Take entries out."
            )
            yield Finding("lorebooks", sentence % {"book": missed.book}, grave=True)


def _most(book: Book, budget: int) -> int:
    """What an entry of the book may take, in tokens."""
    of_all = int(budget * OF_BUDGET) - 1
    return of_all if book.token_budget is None else min(book.token_budget, of_all)


def empty(subject: Subject) -> Iterator[Finding]:
    for _book, entry in subject.entries:
        if not entry.told.strip() and filled(entry.keys):
            sentence = _(
                "It is in use and tells nothing. Write what the model is told, or take it out of use."
            )
            yield Finding("lorebooks", of_entry(entry, sentence))
