"""Who comes to the desk, and what is never on it: what people say to characters."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import Client

from characters.models import Character, CharacterVersion, Persona, Picture, Report
from characters.versions import current_version, publish
from roleplay.conversations.models import CastMember, Conversation, Message, Participant, Role, Usage
from roleplay.turns.service import start_conversation
from tests.cast import make_author
from tests.desk.pages import ADD, change_page, written

User = get_user_model()
SECRET = "the-key-is-under-the-stone"


@pytest.fixture
def conversation(mira):
    ben = User.objects.create_user("ben")
    ben.personas.update(description=SECRET)
    conversation = Conversation.objects.create()
    participant = Participant.objects.create(conversation=conversation, user=ben, persona=ben.personas.get())
    CastMember.objects.create(conversation=conversation, version=current_version(mira))
    Message.objects.create(
        conversation=conversation, role=Role.USER, name="Ben", author=participant, text=f"Said: {SECRET}"
    )
    return conversation


@pytest.mark.parametrize("page", ["/admin/", "/admin/characters/character/", ADD])
def test_readers_are_refused(client, db, page):
    client.force_login(User.objects.create_user("ben"))

    answer = client.get(page)

    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_a_reader_cannot_write_a_character_either(client, db):
    client.force_login(User.objects.create_user("ben"))

    client.post(ADD, written())

    assert not Character.objects.exists()


def test_staff_without_the_permission_see_no_characters(client, mira):
    client.force_login(User.objects.create_user("cleo", is_staff=True))

    assert client.get(change_page(mira)).status_code == 403


def test_neither_conversations_nor_what_belongs_to_people_is_on_the_desk():
    models = {model for model in admin.site._registry}

    assert Character in models
    assert not {CharacterVersion, Persona, Picture} & models
    assert {model for model in models if model._meta.app_label == "conversations"} == {Usage}


def test_no_page_that_the_desk_links_to_shows_a_conversation(desk, conversation, mira):
    ben = User.objects.get(username="ben")
    todo = {"/admin/", ADD, change_page(mira), f"/admin/auth/user/{ben.pk}/change/"}
    seen: set[str] = set()

    while todo - seen:
        page = (todo - seen).pop()
        seen.add(page)
        answer = desk.get(page)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        assert SECRET not in answer.text
        assert str(conversation.pk) not in answer.text
        links = re.findall(r'href="(/admin/[^"#?]*)"', answer.text)
        todo.update(link for link in links if "logout" not in link and "password" not in link)

    assert f"/admin/characters/character/{mira.pk}/history/" in seen


def test_a_conversation_has_no_address_at_the_desk(desk, conversation):
    for page in ("conversations/conversation/", f"conversations/conversation/{conversation.pk}/change/"):
        assert desk.get(f"/admin/{page}").status_code == 404


def test_the_list_finds_and_filters_characters(desk, mira):
    Character.objects.create(slug="tom", name="Tom", tagline="A quiet man", visibility="public")

    found = desk.get("/admin/characters/character/?q=quiet").text
    public = desk.get("/admin/characters/character/?visibility__exact=public").text

    assert "Tom</a>" in found and "Mira</a>" not in found
    assert "Tom</a>" in public and "Mira</a>" not in public


def test_the_desk_links_to_the_character_on_the_site(desk, mira):
    assert f'href="{mira.get_absolute_url()}"' in desk.get(change_page(mira)).text


@pytest.mark.parametrize(
    "asked", ["description__regex=(a|a)*$", "slug__iregex=[", "reports__isnull=0", "card__a=1"]
)
def test_the_lists_answer_their_own_filters_alone(desk, mira, asked):
    """A pattern over texts would run in the database, and hold up everybody."""
    for page in ("character", "lorebook", "report"):
        answer = desk.get(f"/admin/characters/{page}/?{asked}")
        assert answer.status_code == 400


def test_what_was_reported_can_be_deleted(desk, mira, ben):
    dora = make_author("dora")
    Character.objects.update(owner=dora)
    Report.objects.create(character=mira, reporter=ben, reason="It tells my address.")
    client = Client()
    client.force_login(dora)
    delete = change_page(mira).replace("change", "delete")

    asked = client.get(delete).content.decode()
    client.post(delete, {"post": "yes"})

    assert "address" not in asked and "Search term" not in asked
    assert not Character.objects.exists()


def test_versions_that_nobody_knows_go_with_their_character(desk, mira, ben):
    publish(mira, None)
    conversation = start_conversation(ben, mira)
    Character.objects.filter(pk=mira.pk).update(description="Other.")
    publish(Character.objects.get(pk=mira.pk), None)

    desk.post(change_page(mira).replace("change", "delete"), {"post": "yes"})

    assert [version.pk for version in CharacterVersion.objects.all()] == [conversation.cast.get().version_id]


def test_an_editor_cannot_rewrite_a_report(desk, mira, ben):
    report = Report.objects.create(character=mira, reporter=ben, reason="It tells my address.")

    desk.post(f"/admin/characters/report/{report.pk}/change/", {"reason": "Forged.", "reporter": ""})

    report.refresh_from_db()
    assert (report.reason, report.reporter) == ("It tells my address.", ben)
    assert "(1)" in desk.get("/admin/").text
