"""The Chinese catalogue is whole: it has every word of the project, nothing else, and is compiled.

`manage.py makemessages -l zh_Hans --no-location --no-wrap` and `manage.py compilemessages` write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import allauth
import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "roleplay" / "locale" / "zh_Hans" / "LC_MESSAGES"
BORROWED = ROOT / "roleplay" / "web" / "borrowed.py"
DJANGO, ALLAUTH = Path(django.__file__).parent, Path(allauth.__file__).parent
ADMIN = DJANGO / "contrib" / "admin"
# Where Django and allauth keep what readers and authors meet. The admin's own sign-in page is never shown.
NEIGHBOURS = [
    *(ALLAUTH / "account" / f"{name}.py" for name in ("adapter", "apps", "fields", "forms")),
    *(DJANGO / "contrib" / "auth").glob("*.py"),
    *(ADMIN / f"{name}.py" for name in ("actions", "filters", "helpers", "options", "widgets", "views/main")),
    *(page for page in ADMIN.glob("templates/admin/**/*.html") if page.name != "login.html"),
    *(DJANGO / "forms").glob("*.py"),
    DJANGO / "core" / "validators.py",
    DJANGO / "db" / "models" / "base.py",
    DJANGO / "db" / "models" / "fields" / "__init__.py",
]

# What makemessages looks for: how the arguments of each function are to be read.
FORMS = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
KEYWORDS = {name + kind: form for name, form in FORMS.items() for kind in ("", "_lazy", "_noop")} | {
    "_": None
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{+\w*\}+")

Key = tuple[str, ...]  # context, message, and its plural if it has one


def test_every_word_of_the_project_is_in_the_catalogue():
    assert words_of(project()) - written(po()).keys() == set()


def test_the_catalogue_has_no_word_that_the_project_lost():
    catalogue = po()

    assert written(catalogue).keys() - words_of(project()) == set()
    assert list(catalogue.obsolete) == []


def test_every_message_is_translated():
    assert [key for key, texts in written(po()).items() if not all(texts)] == []


def test_no_translation_is_a_guess():
    catalogue = po()

    assert not catalogue.fuzzy
    assert [message.id for message in catalogue if message.fuzzy] == []


def test_translations_keep_the_placeholders():
    differing = [
        key
        for key, texts in written(po()).items()
        for text in texts
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(key[-1]))
    ]

    assert differing == []


def test_the_compiled_catalogue_says_what_the_written_one_says():
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = written(read_mo(file))

    assert compiled == written(po())


def test_every_borrowed_word_is_still_said_by_django_or_allauth():
    assert words_of([BORROWED]) - words_of(NEIGHBOURS) == set()


def test_what_django_and_allauth_say_to_readers_is_chinese():
    with override("zh-hans"):
        english = [key for key in words_of(NEIGHBOURS) if is_worded(key[1]) and said(key) == key[-1]]

    assert english == []


def project() -> Iterator[Path]:
    """The project's files that hold words."""
    for folder in ("characters", "roleplay"):
        yield from (ROOT / folder).rglob("*.py")
    for templates in (ROOT / "templates", *ROOT.glob("roleplay/*/templates")):
        yield from (path for path in templates.rglob("*") if path.suffix in (".html", ".txt", ".svg"))


def words_of(files: Iterable[Path]) -> set[Key]:
    """What these Python files and templates hand to translation."""
    found: set[Key] = set()
    for path in files:
        source = path.read_text()
        if path.suffix != ".py":
            # A template becomes Python whose lines are indented at will.
            source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).splitlines())
        for _line, message, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
            found.add((context or "", *texts_of(message)))
    return found


def po() -> Catalog:
    with (CATALOGUE / "django.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def written(catalogue: Catalog) -> dict[Key, tuple[str, ...]]:
    """The messages without the header, each with its Chinese."""
    return {
        (message.context or "", *texts_of(message.id)): texts_of(message.string)
        for message in catalogue
        if message.id
    }


def texts_of(message: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (message or "",) if isinstance(message, str | None) else tuple(message)


def is_worded(message: str) -> bool:
    """Whether there is something to translate: "IPv4" and "%(class_name)s %(instance)s" have no word."""
    return bool(re.search("[a-z]{2}", PLACEHOLDER.sub("", message)))


def said(key: Key) -> str:
    """What Django says, of many where the number matters, in the language that is active."""
    match key:
        case context, one, many:
            return npgettext(context, one, many, 2) if context else ngettext(one, many, 2)
        case context, one:
            return pgettext(context, one) if context else gettext(one)
    raise ValueError(key)
