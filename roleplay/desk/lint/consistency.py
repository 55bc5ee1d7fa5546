"""What the character says itself, held against its own checks: the model does what it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from roleplay.desk.lint.finding import Finding, first_words
from roleplay.desk.lint.subject import READER, SAID, Subject, filled, written
from roleplay.prompt.checks import Break, Check, Checks
from roleplay.prompt.patterns import is_pattern
from roleplay.prompt.text import plain

SHOWN = {
    "quotes": gettext_lazy("The quote “%(text)s”"),
    "greetings": gettext_lazy("The greeting “%(text)s”"),
    "examples": gettext_lazy("The example “%(text)s”"),
    "reply_prefix": gettext_lazy("The reply prefix “%(text)s”"),
    "begins_with": gettext_lazy("The beginning “%(text)s”"),
    "ends_with": gettext_lazy("The end “%(text)s”"),
    "calls_user": gettext_lazy("The name “%(text)s”"),
}
SENTENCES = {
    "machine": gettext_lazy("%(shown)s speaks as a machine: “%(words)s”. Change it, or let the character say that it is one."),
    "never_says": gettext_lazy("%(shown)s says what the character never says: “%(words)s”. Change one of the two."),
    "users_lines": gettext_lazy("%(shown)s has a line of the reader’s, as no reply may have. Take it out."),
    "other_name": gettext_lazy("%(shown)s begins with “%(words)s:”, as if somebody else spoke, and a reply that begins so "
                               "is taken for that. Begin it in another way."),
    "calls_user": gettext_lazy("%(shown)s says {{user}} aloud, and the reader is to be called “%(wanted)s”."),
    "begins_with": gettext_lazy("%(shown)s does not begin with “%(wanted)s”, as every reply has to."),
    "ends_with": gettext_lazy("%(shown)s does not end with “%(wanted)s”, as every reply has to."),
    "language": gettext_lazy("%(shown)s is not in the language that the character keeps to."),
    "length": gettext_lazy("%(shown)s is %(words)s words long, and a reply may have %(wanted)s."),
}  # fmt: skip
_OF_A_QUOTE: tuple[Check, ...] = ("machine", "never_says", "users_lines", "calls_user", "language", "length")
_OF_A_REPLY: tuple[Check, ...] = (*_OF_A_QUOTE, "other_name", "begins_with", "ends_with")
_OF_AN_EXAMPLE: tuple[Check, ...] = tuple(check for check in _OF_A_REPLY if check != "other_name")
_OF_A_PREFIX: tuple[Check, ...] = (
    "machine",
    "never_says",
    "users_lines",
    "other_name",
    "calls_user",
    "length",
)
_MARKS = re.compile(r"[“”\"「『*]")


def quotes(subject: Subject) -> Iterator[Finding]:
    """A quote is part of a reply, and said aloud."""
    for quote in filled(subject.definition["quotes"]):
        said = subject.said(quote)
        aloud = said if _MARKS.search(said) or READER not in said else f"“{said}”"
        yield from _broken(subject, "quotes", quote, aloud, _OF_A_QUOTE)


def greetings(subject: Subject) -> Iterator[Finding]:
    """A greeting stands as a reply of the character."""
    for greeting in filled(subject.definition["greetings"]):
        yield from _broken(subject, "greetings", greeting, subject.said(greeting), _OF_A_REPLY)


def examples(subject: Subject) -> Iterator[Finding]:
    for said in _spoken(subject, subject.said(subject.definition["examples"])):
        yield from _broken(subject, "examples", written(said), said, _OF_AN_EXAMPLE)


def prefix(subject: Subject) -> Iterator[Finding]:
    """What every reply begins with."""
    begun = subject.said(subject.definition["reply_prefix"]).strip()
    if not begun:
        return
    wanted = subject.checks.begins_with
    if wanted and not is_pattern(wanted) and not _agree(plain(begun), plain(wanted)):
        said = {"prefix": first_words(written(begun)), "wanted": first_words(wanted)}
        sentence = _(
            "Every reply begins with “%(prefix)s”, and is to begin with “%(wanted)s”. Change one of the two."
        )
        yield Finding("reply_prefix", sentence % said, grave=True)
    yield from _broken(subject, "reply_prefix", written(begun), begun, _OF_A_PREFIX, grave=True)


def own_words(subject: Subject) -> Iterator[Finding]:
    """Checks that contradict each other."""
    checks = subject.checks
    wanted = {
        "calls_user": checks.calls_user,
        "begins_with": checks.begins_with,
        "ends_with": checks.ends_with,
    }
    for field, words in wanted.items():
        if not is_pattern(words):
            yield from _broken(subject, field, words, words, SAID, grave=True)


def _broken(
    subject: Subject, field: str, text: str, said: str, wanted: tuple[Check, ...], *, grave: bool = False
) -> Iterator[Finding]:
    """`text` is what its author wrote, and `said` what it comes to."""
    shown = SHOWN[field] % {"text": first_words(text)}
    for each in subject.broken(said):
        if each.check in wanted:
            words = {"shown": shown, "words": _words(each), "wanted": _wanted(each.check, subject.checks)}
            yield Finding(field, SENTENCES[each.check] % words, grave=grave)


def _agree(begun: str, wanted: str) -> bool:
    return begun.startswith(wanted) or wanted.startswith(begun)


def _words(each: Break) -> str:
    return each.words if each.check == "length" else first_words(written(each.words))


def _wanted(check: Check, checks: Checks) -> str:
    wanted: dict[Check, object] = {
        "calls_user": checks.calls_user,
        "begins_with": checks.begins_with,
        "ends_with": checks.ends_with,
        "length": checks.most_words,
    }
    return str(wanted.get(check, ""))


def _spoken(subject: Subject, dialogue: str) -> Iterator[str]:
    """What the character says in it, without its name."""
    names = "|".join(re.escape(name) for name in (*subject.names, READER) if name)
    parts = re.split(rf"^[ \t]*(?:({names})[:：]|<START>)", dialogue, flags=re.IGNORECASE | re.MULTILINE)
    for speaker, said in zip(parts[1::2], parts[2::2], strict=True):
        if speaker and speaker.lower() != READER.lower() and said.strip():
            yield said.strip()
