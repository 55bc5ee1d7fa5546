"""Try it: a chat with what stands in the form, which nobody keeps."""

from __future__ import annotations

from characters.models import Character, CharacterVersion
from roleplay.conversations.models import Conversation
from roleplay.turns.service import start_conversation
from tests.desk.pages import written

NEW = "/admin/characters/character/try/"


def said_first() -> str:
    head = Conversation.objects.get().head
    assert head
    return head.text


def test_what_is_not_saved_can_be_talked_with(desk, db):
    page = desk.post(NEW, written(greetings=[{"text": "You are late, {{user}}."}]), follow=True)

    assert said_first() == "You are late, olga."
    assert "You are trying a draft" in page.text
    assert not Character.objects.exists()


def test_a_trial_shows_the_draft_and_publishes_nothing(desk, mira):
    mira.greetings.create(text="Saved.")
    desk.post(f"/admin/characters/character/{mira.pk}/try/", written(greetings=[{"text": "Only written."}]))

    assert said_first() == "Only written."
    assert not mira.versions.exists()
    assert mira.greetings.get().text == "Saved."


def test_it_is_in_no_list_and_the_next_one_throws_it_away(desk, mira):
    kept = start_conversation(desk.get("/").wsgi_request.user, mira)
    for _ in range(2):
        desk.post(NEW, written(name="Ben"))

    assert set(Conversation.objects.filter(trial=False)) == {kept}
    trial = Conversation.objects.get(trial=True)
    assert CharacterVersion.objects.filter(character=None).count() == 1
    listed = desk.get("/conversations/").content.decode()
    assert str(kept.pk) in listed and str(trial.pk) not in listed


def test_nobody_else_finds_it(desk, client, ben):
    desk.post(NEW, written())
    trial = Conversation.objects.get()
    client.force_login(ben)

    assert client.get(trial.get_absolute_url()).status_code == 404
