"""Whether a reply broke its character: the author's checks and the built-in ones, over the finished text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from roleplay.prompt.patterns import is_pattern, usable
from roleplay.prompt.phrases import Phrases, found_in, phrases
from roleplay.prompt.speakers import Speakers, wrong_speakers
from roleplay.prompt.text import plain

Check = Literal[
    "machine",
    "other_name",
    "users_lines",
    "never_says",
    "calls_user",
    "begins_with",
    "ends_with",
    "language",
    "length",
]

# Those that can be judged while a reply is written.
GUARDING: tuple[Check, ...] = ("machine", "never_says", "users_lines", "other_name")

MACHINE = (
    *(
        f"{is_} {a} {machine}"
        for is_, a, machine in product(
            ("as", "i am", "i'm", "i’m", "just", "only", "merely"),
            ("a", "an"),
            ("ai", "a.i.", "artificial intelligence", "language model", "large language model", "chatbot"),
        )
    ),
    *("ai language model", "large language model", "ai assistant", "chatgpt", "openai", "anthropic"),
    *(
        f"{sorry} for any confusion"
        for sorry in ("i am sorry", "i'm sorry", "i’m sorry", "sorry", "i apologize")
    ),
    *("moonshot ai", "deepseek", *(f"gpt-{number}" for number in range(1, 10))),
    *(
        "".join(parts)
        for parts in product(
            ("作为", "我是", "我只是"),
            ("", "一个", "一款", "一名"),
            ("ai", "人工智能", "语言模型", "大语言模型", "大型语言模型", "聊天机器人"),
        )
    ),
    *("人工智能助手", "大语言模型", "很抱歉给您带来困惑", "抱歉给您带来困惑"),
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_]+(?:['’-][^\W_]+)*")
_ENOUGH = 24  # letters that tell a language
_ALOUD = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』")
_SHOWN = 40  # code points of a reply that tell how it began or ended


@dataclass(frozen=True, kw_only=True)
class Checks:
    """What holds for a character. `never_says`, `begins_with` and `ends_with` are words, or patterns.

    `calls_user`: what it calls the user aloud, instead of his name. `most_words`: words, or Chinese characters; 0 for
    any number. `may_be_machine`: it may say that it is one. `reports_only`: those of `GUARDING` that do not guard.
    """

    never_says: tuple[str, ...] = ()
    calls_user: str = ""
    begins_with: str = ""
    ends_with: str = ""
    keeps_language: bool = False
    most_words: int = 0
    may_be_machine: bool = False
    reports_only: frozenset[Check] = frozenset()


@dataclass(frozen=True)
class Break:
    """A check that failed, and the words by which."""

    check: Check
    words: str


def breaks(text: str, checks: Checks, *, names: tuple[str, ...], user: str, language: str) -> list[Break]:
    """Each way in which a reply broke its character, once. `names` are the character's, `language` is "en" or "zh"."""
    found = (
        *(Break(wrong.check, wrong.name) for wrong in wrong_speakers(text, Speakers.named(names, user))),
        *_said(text, checks),
        *_called(text, checks.calls_user, user),
        *_edges(text, checks),
        *_language(text, checks, language),
        *_length(text, checks),
    )
    return list({each.check: each for each in reversed(found)}.values())[::-1]


def may_not_say(checks: Checks) -> tuple[tuple[Check, str], ...]:
    """Phrases and patterns, each with the check that it belongs to."""
    machine = () if checks.may_be_machine else MACHINE
    return (
        *(("machine", phrase) for phrase in machine),
        *(("never_says", words) for words in checks.never_says),
    )


def _said(text: str, checks: Checks) -> Iterator[Break]:
    forbidden = may_not_say(checks)
    said = [(check, words) for check, words in forbidden if not is_pattern(words)]
    for found in found_in(text, phrases(tuple(words for _, words in said))):
        yield Break(said[found.number][0], text[found.start : found.end])
    for check, written in forbidden:
        if is_pattern(written) and (made := usable(written)) and (words := made.search(text)):
            yield Break(check, words)


def _called(text: str, name: str, user: str) -> Iterator[Break]:
    """The user's own name in what is said aloud, where another is to be used."""
    if not name.strip() or not user or plain(user) in plain(name):
        return
    known = Phrases([user])
    for aloud in _ALOUD.findall(text):
        if found_in(aloud, known):
            yield Break("calls_user", aloud)
            return


def _edges(text: str, checks: Checks) -> Iterator[Break]:
    said = text.strip()
    if checks.begins_with and not _is_at(said, checks.begins_with, end=False):
        yield Break("begins_with", said[:_SHOWN])
    if checks.ends_with and not _is_at(said, checks.ends_with, end=True):
        yield Break("ends_with", said[-_SHOWN:])


def _is_at(text: str, wanted: str, *, end: bool) -> bool:
    """Whether the text begins or ends so. A pattern that cannot be run asks for nothing."""
    if is_pattern(wanted):
        made = usable(wanted)
        return made is None or (made.ends(text) if end else made.begins(text))
    folded, words = plain(text), plain(wanted)
    return folded.endswith(words) if end else folded.startswith(words)


def _language(text: str, checks: Checks, language: str) -> Iterator[Break]:
    chinese, latin = len(_CHINESE.findall(text)), len(_LATIN.findall(text))
    if not checks.keeps_language or chinese + latin < _ENOUGH:
        return
    # A Chinese character says as much as three letters or so.
    if (3 * chinese > latin) != (language == "zh"):
        yield Break("language", text.strip()[:40])


def _length(text: str, checks: Checks) -> Iterator[Break]:
    words = len(_WORD.findall(text)) if checks.most_words else 0
    if words > checks.most_words:
        yield Break("length", str(words))
