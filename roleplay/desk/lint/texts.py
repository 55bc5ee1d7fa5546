"""What is missing, or too short to hold a character."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from roleplay.desk.lint.finding import Finding
from roleplay.desk.lint.subject import Subject, filled
from roleplay.prompt.budget import size
from roleplay.prompt.checks import Checks, breaks
from roleplay.prompt.text import clean_name

# In tokens, which are about four letters of English and more than one character of Chinese.
LEAST_DESCRIPTION = 40
LEAST_SPEECH = 12
SAYS_ALL = 250  # a description that is as long may hold the personality, too
SHOWS_SPEECH = 100  # examples that are as long show it as well as a text can say it
TELLS_LANGUAGE = 60
READ = 4_000  # code points of a text that tell its language
FEWEST_QUOTES = 3


def names(subject: Subject) -> Iterator[Finding]:
    """What the model cannot be given as a name."""
    for field, name in (("name", subject.definition["name"]), ("nickname", subject.definition["nickname"])):
        if clean_name(name) != name:
            sentence = _('The name holds line breaks, the mark ", <| or |>, and is told without them.')
            yield Finding(field, sentence, grave=True)


def missing(subject: Subject) -> Iterator[Finding]:
    definition = subject.definition
    described, personality, speech, examples = (
        size(definition[field].strip()) for field in ("description", "personality", "speech", "examples")
    )
    if not described:
        told = (
            personality + size(definition["background"].strip()) + size(definition.get("system_prompt", ""))
        )
        yield Finding(
            "description",
            _("There is no description. Write who the character is and what it looks like."),
            grave=told < LEAST_DESCRIPTION,
        )
    elif described < LEAST_DESCRIPTION:
        yield Finding(
            "description",
            _("The description is too short to hold a character. Add facts that hold in every scene."),
        )
    if not personality and described < SAYS_ALL:
        yield Finding(
            "personality", _("There is no personality. Write how the character is, and what contradicts it.")
        )
    yield from _speech(speech, examples)
    yield from _parts(subject)


def _speech(speech: int, examples: int) -> Iterator[Finding]:
    if not speech and examples < SHOWS_SPEECH:
        sentence = _("There is no manner of speech. Without one the character talks as the model does.")
        yield Finding("speech", sentence)
    elif 0 < speech < LEAST_SPEECH:
        sentence = _(
            "The manner of speech is too short. Add length of sentences, favourite words, what is never said."
        )
        yield Finding("speech", sentence)


def _parts(subject: Subject) -> Iterator[Finding]:
    quotes = len(filled(subject.definition["quotes"]))
    if not quotes:
        sentence = _("There is no quote. Write three or more: nothing shows a voice as well.")
        yield Finding("quotes", sentence)
    elif quotes < FEWEST_QUOTES:
        sentence = ngettext(
            "There is %(number)d quote. Write three or more: nothing shows a voice as well.",
            "There are %(number)d quotes. Write three or more: nothing shows a voice as well.",
            quotes,
        )
        yield Finding("quotes", sentence % {"number": quotes})
    if not filled(subject.definition["greetings"]):
        sentence = _(
            "There is no greeting: conversations begin with an empty page. Write what the character says first."
        )
        yield Finding("greetings", sentence)


def language(subject: Subject) -> Iterator[Finding]:
    """A definition that is not in the language in which the model is told of it."""
    definition = subject.definition
    texts = (definition["description"], definition["speech"], *definition["quotes"], *definition["greetings"])
    told = "\n".join(texts)[:READ]
    if size(told) < TELLS_LANGUAGE:
        return
    alone = Checks(keeps_language=True, may_be_machine=True)
    found = breaks(subject.said(told), alone, names=subject.names, user="", language=definition["language"])
    if any(each.check == "language" for each in found):
        sentence = _("The character is written in another language than this one. Choose the other.")
        yield Finding("language", sentence)
