"""Keys of lorebooks that cannot be run, find nothing, or are found everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from roleplay.desk.lint.common import finds_nothing, is_common, matches_everything
from roleplay.desk.lint.finding import Finding, first_words
from roleplay.desk.lint.lore import of_entry
from roleplay.desk.lint.subject import READER, Subject, written
from roleplay.forms import problems
from roleplay.prompt.lorebook.keys import SCAN_DEPTH
from roleplay.prompt.lorebook.values import Book, Entry
from roleplay.prompt.patterns import is_pattern


def unusable(subject: Subject) -> Iterator[Finding]:
    for _book, entry in subject.entries:
        for key in (*entry.keys, *entry.secondary_keys):
            if "/" in key and is_pattern(said := subject.said(key).strip()):
                for sentence in (*problems([said]), *_empty(said)):
                    yield Finding("lorebooks", of_entry(entry, str(sentence)), grave=True)


def _empty(pattern: str) -> Iterator[str]:
    if finds_nothing(pattern):
        sentence = _(
            "The pattern %(pattern)s matches no words at all, so that it is never found. Write + for *, or more."
        )
        yield sentence % {"pattern": pattern}


def greedy(subject: Subject) -> Iterator[Finding]:
    """Keys that are found in nearly every message, where nothing else keeps their entry back."""
    for book, entry in subject.entries:
        if not _is_kept_back(entry):
            for key in entry.keys:
                if sentence := _greedy(subject, book, entry, key):
                    yield Finding("lorebooks", of_entry(entry, sentence))


def _is_kept_back(entry: Entry) -> bool:
    """Whether its keys alone do not tell when it is told."""
    told_anyway = entry.constant or entry.content.startswith("@@")
    seldom = entry.probability < 100 or entry.group or entry.cooldown or entry.delay_until_recursion
    narrowed = entry.only_names or entry.only_tags or (entry.selective and entry.secondary_keys)
    return bool(told_anyway or seldom or narrowed)


def _greedy(subject: Subject, book: Book, entry: Entry, key: str) -> str:
    said = subject.said(key).strip()
    depth = next((each for each in (entry.scan_depth, book.scan_depth) if each is not None), SCAN_DEPTH)
    if not said or not depth:
        return ""
    sentence = ""
    if is_pattern(said):
        if matches_everything(said, subject.definition["language"]):
            sentence = _("The pattern %(key)s is found in every message. Write a narrower one.")
    elif said == READER or (depth >= SCAN_DEPTH and _is_said(said, subject.char, entry)):
        sentence = _("The key “%(key)s” is the name of one who speaks, and found in every message. Choose another, or let "
                     "the entry always be told.")  # fmt: skip
    elif _is_everywhere(said, entry):
        sentence = _("The key “%(key)s” is found in nearly every message. Choose a longer one.")
    return sentence and sentence % {"key": first_words(written(said))}


def _is_said(said: str, name: str, entry: Entry) -> bool:
    """Whether it is the name, or a word of it: it stands before each message that the scan sees."""
    if not entry.case_sensitive:
        said, name = said.lower(), name.lower()
    return said == name or said in name.split()


def _is_everywhere(said: str, entry: Entry) -> bool:
    letter = len(said) == 1 and said.isascii() and said.isalpha() and not entry.whole_words
    capitals = bool(entry.case_sensitive) and said != said.lower()
    return not capitals and (letter or is_common(said))
