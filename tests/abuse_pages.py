"""Every page of the abused site, by the names of its addresses, with the texts that stand on it whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Model
from django.forms import model_to_dict
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from characters.models import Report
from tests.abuse_dealt import written
from tests.abused import Abused, Person, make
from tests.browser_socket import sign_in

POSTED = (
    "start_chat",
    "go",
    "make_default",
    "set_language",
    "take_version",
    "draft",
    "admin:logout",
    *(
        f"admin:characters_character_{name}"
        for name in ("preview", "preview_new", "try", "try_new", "restore")
    ),
)  # no pages: forms are sent to them
FILES = (
    "picture",
    "export_lorebook",
    "admin:characters_lorebook_export",
    "admin:characters_character_export",
)  # no pages: they are kept, or looked at as pictures
TOLD = ("earlier", "later", "beginning", "texts")  # no pages: the chat's page is told them, as JSON
NOTHING_WRITTEN = {
    "healthz": "it says ok",
    "admin:login": "it sends to the site's own sign-in",
    "admin:jsi18n": "the words of Django's own scripts",
    "admin:autocomplete": "no field of the desk asks it",
    "admin:conversations_usage_add": "usage is counted, not written",
    "admin:conversations_usage_change": "usage is counted, not written",
    "admin:conversations_usage_delete": "usage is counted, not written",
    "admin:conversations_usage_history": "usage is counted, not written",
    "admin:characters_report_add": "reports are written on the site",
    "admin:characters_report_delete": "reports are settled, not deleted",
    "admin:<path:object_id>/": "it sends to the page of the change",
    "admin:(?P<url>.*)$": "it adds the slash that was forgotten",
}


class Shown(NamedTuple):
    """A page. `args` are those of its address; `asks` is what follows it."""

    args: list[Any]
    texts: list[str]
    asks: str = ""


def names() -> list[str]:
    """Of all addresses that the site has."""
    return list(dict.fromkeys(_names(get_resolver().url_patterns)))


def pages_of(made: Abused, person: Person | None) -> dict[str, list[str]]:
    """The texts by the address: the pages of a visitor, of a reader, or of an operator, who has the desk, too."""
    table = _open_to_all(made) | (_of_readers(person) if person else _of_visitors())
    if person and person.user.is_staff:
        table |= _of_desk(made)
    return {
        reverse(name, args=page.args) + page.asks: page.texts
        for name, pages in table.items()
        for page in pages
    }


def covered(made: Abused) -> set[str]:
    """The names that have a place here, or a reason for none."""
    table = _open_to_all(made) | _of_visitors() | _of_readers(made.operator) | _of_desk(made)
    return {*table, *POSTED, *FILES, *TOLD, *NOTHING_WRITTEN}


def told(person: Person) -> list[str]:
    """The addresses of what the chat's page is told."""
    conversation = person.conversation
    changed = conversation.messages.filter(edited__gt=0).order_by("depth")[0]
    among = {name: [conversation.pk, changed.pk] for name in ("earlier", "later", "texts")}
    return [reverse(name, args=args) for name, args in {**among, "beginning": [conversation.pk]}.items()]


def _open_to_all(made: Abused) -> dict[str, list[Shown]]:
    cards = [each for each in made.characters if each.visibility == "public"]
    return {
        "gallery": [
            Shown([], [text for each in cards for text in (each.name, each.tagline, *each.tags)]),
            Shown([], [cards[0].name], "?language=en"),
        ],
        "character": [Shown([each.slug], _read_of(each)) for each in cards],
        "account_inactive": [Shown([], [])],
    }


def _of_visitors() -> dict[str, list[Shown]]:
    odd = "?next=javascript:alert(pwned=1)//%22%3E%3Cscript%3Ealert(pwned=1)%3C/script%3E"
    return {f"account_{name}": [Shown([], []), Shown([], [], odd)] for name in ("login", "signup")}


def _read_of(character: Any) -> list[str]:
    quotes = [each.text for each in character.quotes.all()]
    return [character.name, character.tagline, *character.tags, *quotes, character.creator_notes]


def _of_readers(person: Person) -> dict[str, list[Shown]]:
    of, book, (first, second) = person.conversation, person.books[0], person.personas
    entries = [Shown([book.pk, each.pk], [*_texts(each), *each.keys]) for each in book.entries.all()]
    deletes = [Shown(page.args, page.texts[:1]) for page in entries[:1]]
    checkpoints = list(
        of.messages.exclude(checkpoint="").order_by("-created_at").values_list("checkpoint", flat=True)
    )
    odd = "?above=%22%3E%3Cimg+src=x+onerror=alert(pwned=1)%3E"
    return {
        "conversations": [Shown([], [of.title])],
        "conversation": [
            Shown([of.pk], [of.title, person.newer.note]),
            Shown([of.pk], [of.title], f"?at={of.messages.get(depth=200).pk}"),
            Shown([of.pk], [of.title], "?at=%22%3E%3Cscript%3Ealert(pwned=1)%3C/script%3E"),
        ],
        "map": [Shown([of.pk], checkpoints[:20]), Shown([of.pk], [], "?page=2"), Shown([of.pk], [], odd)],
        "why": [Shown([of.pk, person.reply.pk], _told_for(person))],
        "settings": [Shown([of.pk], _texts(of))],
        "persona": [Shown([], _texts(first)), Shown([second.pk], _texts(second))],
        "new_persona": [Shown([], [first.name])],
        "delete_persona": [Shown([second.pk], [second.name])],
        "lorebooks": [Shown([], [each.title for each in person.books])],
        "new_lorebook": [Shown([], [])],
        "lorebook": [Shown([book.pk], [book.title, *map(str, book.entries.all())])],
        "delete_lorebook": [Shown([book.pk], [book.title])],
        "new_entry": [Shown([book.pk], [])],
        "entry": entries,
        "delete_entry": deletes,
        "usage": [Shown([], [])],
        "import": [Shown([], [])],
        "report": [Shown([person.character.slug], [person.character.name])],
        **{f"account_{name}": [Shown([], [])] for name in ("logout", "change_password", "reauthenticate")},
    }


def _told_for(person: Person) -> list[str]:
    turn = person.reply.turns.get()
    assert turn.record
    cut = [text for mend in turn.mends.all() for text in (mend.words, mend.left_out)]
    return [*cut, *(text for lore in turn.record["lore"] for text in (lore["book"], lore["text"]))]


def _of_desk(made: Abused) -> dict[str, list[Shown]]:
    characters = [Shown([each.pk], _desk_texts(each)) for each in made.characters]
    books = [Shown([each.pk], _desk_texts(each)) for each in made.books]
    accounts = [made.reader.user, made.operator.user]
    users = [Shown([each.pk], [each.username]) for each in accounts]
    reports = list(Report.objects.select_related("character"))
    versions = [
        Shown([each.character_id, each.number], [each.note])
        for each in (made.reader.newer, made.operator.newer)
    ]
    found = "?q=%22%3E%3Cscript%3Ealert(pwned=1)%3C/script%3E"
    table = {
        **_of_model("characters_character", characters, [each.name for each in made.characters], found),
        **_of_model("characters_lorebook", books, [each.title for each in made.books], found),
        **_of_model("auth_user", users, [each.username for each in accounts], found),
        "characters_report_changelist": [
            Shown([], [text for each in reports for text in (each.reason, each.character.name)])
        ],
        "characters_report_change": [Shown([each.pk], [each.reason]) for each in reports],
        "characters_report_history": [Shown([each.pk], []) for each in reports[:1]],
        "characters_character_versions": [Shown(page.args[:1], page.texts) for page in versions],
        "characters_character_version": [
            *versions,
            *(Shown(page.args, [], "?with=now") for page in versions),
        ],
        "auth_user_password_change": [Shown(page.args, page.texts[:1]) for page in users[:1]],
        "characters_character_import": [Shown([], [])],
        "conversations_usage_changelist": [Shown([], [made.reader.user.username]), Shown([], [], found)],
        "index": [Shown([], [])],
        "app_list": [Shown(["characters"], [])],
        "password_change": [Shown([], [])],
        "password_change_done": [Shown([], [])],
    }
    return {f"admin:{name}": pages for name, pages in table.items()}


def _of_model(model: str, pages: list[Shown], listed: list[str], found: str) -> dict[str, list[Shown]]:
    few = [Shown(page.args, []) for page in pages[:2]]
    return {
        f"{model}_changelist": [Shown([], listed), Shown([], [], found)],
        f"{model}_add": [Shown([], [])],
        f"{model}_change": pages,
        f"{model}_history": few,
        f"{model}_delete": few,
    }


def _texts(row: Model) -> list[str]:
    return list(model_to_dict(row, [each.name for each in written(type(row))]).values())


def _desk_texts(row: Any) -> list[str]:
    """Of a row and of what belongs to it."""
    parts = ("entries",) if hasattr(row, "entries") else ("quotes", "situations", "greetings")
    unwritten = [row.taken_down] if hasattr(row, "taken_down") else []
    own = [text for text in _texts(row) if text not in unwritten]
    return own + [text for part in parts for each in getattr(row, part).all() for text in _texts(each)]


def _forms(made: Abused, person: Person) -> dict[str, str]:
    """The addresses of pages with a form, by name."""
    named: dict[str, list[Any]] = {
        "entry": [person.books[1].pk, person.books[1].entries.all()[0].pk],
        "settings": [person.conversation.pk],
        "persona": [person.personas[1].pk],
        "admin:auth_user_change": [made.reader.user.pk],
        "admin:characters_lorebook_change": [made.books[1].pk],
        "admin:characters_character_change": [made.characters[5].pk],
    }
    return {name: reverse(name, args=args) for name, args in named.items()}


def _names(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _names(each.url_patterns, f"{each.namespace}:" if each.namespace else namespace)
        elif isinstance(each, URLPattern):
            yield namespace + (each.name or str(each.pattern))


def tell() -> None:
    """Prints, for each person of a new abused site, a session and his pages."""
    made = make()
    people = {"visitor": None, "reader": made.reader, "operator": made.operator}
    told_of = {
        who: {
            "session": sign_in(person.user) if person else "",
            "pages": pages_of(made, person),
            "chat": person and person.conversation.get_absolute_url(),
            "forms": _forms(made, person) if person else {},
        }
        for who, person in people.items()
    }
    print(json.dumps(told_of))
