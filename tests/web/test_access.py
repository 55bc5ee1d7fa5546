"""Roles and addresses: all addresses of the URL configuration, by all of the cast, against the table of rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from characters.models import Character, Lorebook, Picture, Report
from characters.rights import AUTHORS, EDITORS
from characters.versions import publish
from roleplay.conversations.models import Usage
from tests.cast import make_author, make_conversation, make_user
from tests.desk.pages import written
from tests.web.rules import CAST, DORA, ED, OLGA, RULES, VISITOR, Rule

WRITTEN = "under-the-seventh-step"  # by Dora, of her character: editors read it
GROUPS = {"cleo": AUTHORS, DORA: AUTHORS, ED: EDITORS}
SAID = "behind-the-third-door"  # by Dora, to her character: nobody else reads it


def names() -> Iterator[str]:
    """All that have an address, with their namespace; what has no name goes by its route."""

    def walk(patterns: Any, namespace: str) -> Iterator[str]:
        for pattern in patterns:
            if not isinstance(pattern, URLPattern):
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from walk(pattern.url_patterns, namespace + inner)
            elif pattern.name:
                yield namespace + pattern.name
            elif namespace != "admin:":  # its nameless ones lead to named ones
                yield f"{pattern.pattern}/"

    return walk(get_resolver().url_patterns, "")


def test_every_address_has_a_rule():
    assert set(names()) == RULES.keys()


@pytest.fixture
def people(db: None) -> dict[str, User | None]:
    people = {name: make_author(name, group) for name, group in GROUPS.items()}
    operator = make_user(OLGA, is_staff=True, is_superuser=True)
    return {VISITOR: None, "ben": make_user("ben"), OLGA: operator, **people}


@pytest.fixture
def things(people: dict[str, User | None]) -> dict[str, Any]:
    dora = people[DORA]
    assert dora
    picture = Picture.objects.create(sha256="a" * 64, data=b"webp")
    character = Character.objects.create(
        slug="secret", name=f"Mira {WRITTEN}", owner=dora, description=WRITTEN, picture=picture
    )
    character.greetings.create(text=f"You are late. {WRITTEN}")
    book = Lorebook.objects.create(title=WRITTEN, owner=dora)
    entry = book.entries.create(title=WRITTEN, content=WRITTEN)
    character.lorebooks.add(book)
    publish(character, dora, WRITTEN)
    conversation = make_conversation(dora, character, lines=[SAID, SAID])
    persona = dora.personas.create(name="Traveller", description=SAID)
    report = Report.objects.create(character=character, reporter=dora, reason=WRITTEN)
    usage = Usage.objects.create(user=dora, month=timezone.now().date().replace(day=1))
    return {
        "app": "characters",
        "slug": "secret",
        "format": "json",
        "book_format": "world-info",
        "number": 1,
        "picture": picture.pk,
        "character": character.pk,
        "book": book.pk,
        "entry": entry.pk,
        "conversation": conversation.pk,
        "message": conversation.head_id,
        "persona": persona.pk,
        "report": report.pk,
        "user": dora.pk,
        "usage": usage.pk,
    }


def came(client: Client, name: str, rule: Rule, things: dict[str, Any]) -> Any:
    address = "/healthz" if name == "healthz/" else reverse(name, args=[things[each] for each in rule.args])
    if not rule.post:
        return client.get(address)
    if name == "draft":
        body = {"premise": "", "keys": ["name"], "language": "en", "written": {}}
        return client.post(address, json.dumps(body), content_type="application/json")
    return client.post(address, {**written(), "language": "en", "message": str(things["message"])})


def is_let_in(answer: Any) -> bool:
    """A form that misses something lets one in, too; the way to the sign-in does not, nor to the desk's first page."""
    way = answer.headers.get("Location", "")
    return answer.status_code in (200, 302, 400) and "/login/" not in way and way != reverse("admin:index")


def words(answer: Any) -> str:
    return "" if isinstance(answer, StreamingHttpResponse) else answer.content.decode(errors="replace")


@pytest.mark.parametrize("role", CAST)
def test_the_rule_of_every_address_holds(role: str, people: dict[str, User | None], things: dict[str, Any]):
    wrong, leaks = [], []
    for name, rule in RULES.items():
        client = Client()
        if user := people[role]:
            client.force_login(user)
        with transaction.atomic():
            answer = came(client, name, rule, things)
            transaction.set_rollback(True)
        if is_let_in(answer) != (role in rule.who):
            wrong.append((name, answer.status_code, answer.headers.get("Location", "")))
        if (
            WRITTEN in words(answer)
            and role not in (DORA, ED, OLGA)
            or SAID in words(answer)
            and role != DORA
        ):
            leaks.append(name)

    assert wrong == []
    assert leaks == []


@pytest.mark.parametrize("role", [VISITOR, "ben", "cleo"])
def test_what_is_posted_to_anothers_character_changes_nothing(
    role: str, people: dict[str, User | None], things: dict[str, Any], client: Client
):
    if user := people[role]:
        client.force_login(user)
    for name in ("change", "delete"):
        for model, row in (("character", things["character"]), ("lorebook", things["book"])):
            post = {**written(description="Mine now."), "post": "yes", "title": "Mine now."}
            client.post(reverse(f"admin:characters_{model}_{name}", args=[row]), post)
    delete = {"action": "delete_selected", "_selected_action": [things["character"]], "post": "yes"}
    client.post(reverse("admin:characters_character_changelist"), delete)

    assert Character.objects.get(pk=things["character"]).description == WRITTEN
    assert Lorebook.objects.get(pk=things["book"]).title == WRITTEN


def test_the_desk_offers_an_author_no_row_of_another(
    people: dict[str, User | None], things: dict[str, Any], client: Client
):
    for model, field in (("characterversion", "character"), ("character", "owner"), ("report", "character")):
        for role, found in (("cleo", False), (DORA, model != "character")):
            user = people[role]
            assert user
            client.force_login(user)
            asked = {"app_label": "characters", "model_name": model, "field_name": field, "term": ""}
            answer = client.get(reverse("admin:autocomplete"), asked).content.decode()
            assert (WRITTEN in answer) == found


def test_an_author_cannot_put_anothers_lorebook_into_a_character(
    people: dict[str, User | None], things: dict[str, Any], client: Client
):
    cleo = people["cleo"]
    assert cleo
    client.force_login(cleo)

    answer = client.post(reverse("admin:characters_character_add"), written(lorebooks=[things["book"]]))
    preview = client.post(
        reverse("admin:characters_character_preview_new"), written(lorebooks=[things["book"]])
    )

    assert "lorebooks" in answer.context["adminform"].form.errors
    assert not Character.objects.filter(owner=cleo).exists()
    assert WRITTEN not in preview.content.decode()
