"""What is set for one conversation: its title, and what the model is told besides."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from characters.models import Character, Lorebook
from roleplay.conversations.models import Conversation
from roleplay.turns import scenes
from tests.cast import make_conversation
from tests.turns.steps import claimed, reply_of

TEXTS = ("title", "note", "scenario", "reply_opening", "next_opening")
UNSET = dict.fromkeys((*TEXTS, "reply_words", "reinforce_every"), "") | {"note_depth": "4", "guarded": "on"}


def address(conversation: Conversation) -> str:
    return reverse("settings", args=[conversation.pk])


def save(client: Client, conversation: Conversation, **fields: Any) -> Any:
    persona = conversation.participants.get().persona_id
    return client.post(address(conversation), {"persona": persona, **UNSET, **fields}, follow=True)


def errors(answer: Any) -> dict[str, Any]:
    return dict(answer.context["form"].errors)


def test_a_title_stands_in_the_list_and_over_the_chat(client: Client, ada: User, conversation: Conversation):
    client.force_login(ada)

    answer = save(client, conversation, title="The flood")

    assert "It holds from the next reply on." in answer.content.decode()
    for page in (conversation.get_absolute_url(), reverse("conversations")):
        assert "The flood" in client.get(page).content.decode()


def test_the_model_is_told_from_the_next_reply_on(client: Client, ada: User, mira: Character):
    mira.scenario, mira.reply_prefix = "The mill.", "Well, "
    mira.save()
    conversation = make_conversation(ada, mira)
    client.force_login(ada)
    save(
        client, conversation, note="{{user}} is late.", scenario="The bridge.", reply_opening="“No,", reinforce_every="1"
    )  # fmt: skip

    claim = claimed(ada, conversation)
    scene = scenes.load(claim).scene

    assert (scene.note, scene.sheet.scenario, scene.reinforced) == ("{{user}} is late.", "The bridge.", True)
    assert claim.prefix == "“No,"
    assert reply_of(claim).text == "“No,"


def test_what_is_left_empty_is_as_the_character_has_it(client: Client, ada: User, mira: Character):
    mira.scenario, mira.reply_prefix = "The mill.", "Well, "
    mira.save()
    conversation = make_conversation(ada, mira)
    client.force_login(ada)
    save(client, conversation, scenario=" ", reply_opening=" ")

    claim = claimed(ada, conversation)

    assert scenes.load(claim).scene.sheet.scenario == "The mill."
    assert claim.prefix == "Well,"


def test_nothing_else_of_the_conversation_changes(client: Client, ada: User, conversation: Conversation):
    client.force_login(ada)
    before = (conversation.revision, conversation.head_id, conversation.updated_at)

    save(client, conversation, title="The flood")

    conversation.refresh_from_db()
    assert (conversation.revision, conversation.head_id, conversation.updated_at) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 101), ("note", "x" * 4001), ("reinforce_every", "100"), ("reinforce_every", "-1"),
        ("reinforce_every", "often"), ("reply_words", "0"), ("note_depth", ""), ("note_depth", "-1"), ("persona", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_what_was_written_stays(
    field: str, value: str, client: Client, ada: User, conversation: Conversation
):
    client.force_login(ada)

    answer = save(client, conversation, **{field: value, "scenario": "The bridge."})

    assert "field__error" in answer.content.decode()
    assert "The bridge." in answer.content.decode()
    conversation.refresh_from_db()
    assert conversation.scenario == ""


def test_white_space_is_the_readers_and_text_is_cleaned(
    client: Client, ada: User, conversation: Conversation
):
    client.force_login(ada)

    save(client, conversation, note="  She is\r\nlate. ")

    conversation.refresh_from_db()
    assert conversation.note == "  She is\nlate. "


def test_how_long_replies_are_and_where_things_are_told_is_kept(
    client: Client, ada: User, conversation: Conversation
):
    client.force_login(ada)

    save(
        client, conversation, reply_words="80", next_opening="“Well,\t", written_places="on", note_depth="2"
    )  # fmt: skip

    conversation.refresh_from_db()
    assert (conversation.reply_words, conversation.next_opening) == (80, "“Well,\t")
    assert (conversation.written_places, conversation.note_depth) == (True, 2)


def test_an_opening_that_is_spent_does_not_come_back_from_an_old_page(
    client: Client, ada: User, conversation: Conversation
):
    client.force_login(ada)
    save(client, conversation, next_opening="“Well,")
    shown = client.get(address(conversation)).context["form"]
    old = {"next_opening": "“Well,", shown["next_opening"].html_initial_name: "“Well,"}
    Conversation.objects.update(next_opening="")

    save(client, conversation, title="The flood", **old)

    conversation.refresh_from_db()
    assert (conversation.title, conversation.next_opening) == ("The flood", "")


def test_one_is_somebody_else_in_one_conversation(client: Client, ada: User, mira: Character):
    captain = ada.personas.create(name="Captain", description="Owes money.")
    conversation, other = make_conversation(ada, mira), make_conversation(ada, mira)
    client.force_login(ada)

    save(client, conversation, persona=captain.pk)

    assert scenes.load(claimed(ada, conversation)).scene.persona.name == "Captain"
    assert other.participants.get().persona == ada.personas.get(default=True)


def test_books_are_chosen_and_let_go(client: Client, ada: User, conversation: Conversation):
    town, sea = ada.lorebooks.create(title="The town"), ada.lorebooks.create(title="The sea")
    client.force_login(ada)

    save(client, conversation, lorebooks=[town.pk, sea.pk])
    assert set(conversation.lorebooks.all()) == {town, sea}
    save(client, conversation, lorebooks=[sea.pk])
    assert set(conversation.lorebooks.all()) == {sea}


def test_a_book_that_another_put_there_stays_and_is_not_shown(
    client: Client, ada: User, ben: User, conversation: Conversation
):
    bens, own = ben.lorebooks.create(title="Of Ben alone"), ada.lorebooks.create(title="The sea")
    world = Lorebook.objects.create(title="The world")
    conversation.lorebooks.set([bens, own, world])
    client.force_login(ada)

    page = save(client, conversation).content.decode()

    assert set(conversation.lorebooks.all()) == {bens, world}
    assert "Of Ben alone" not in page


def test_what_is_somebody_elses_is_no_choice(
    client: Client, ada: User, ben: User, conversation: Conversation
):
    book = ben.lorebooks.create(title="Of Ben alone")
    client.force_login(ada)

    answer = save(client, conversation, lorebooks=[book.pk], persona=ben.personas.get().pk, title="Mine")

    assert set(errors(answer)) == {"lorebooks", "persona"}
    conversation.refresh_from_db()
    assert (conversation.title, conversation.lorebooks.count()) == ("", 0)
    assert conversation.participants.get().persona == ada.personas.get()


def test_what_a_reply_changes_meanwhile_stays(client: Client, ada: User, conversation: Conversation):
    client.force_login(ada)

    with CaptureQueriesContext(connection) as queries:
        save(client, conversation, title="The flood")

    (written,) = [
        each["sql"] for each in queries if each["sql"].startswith('UPDATE "conversations_conversation"')
    ]
    assert written.count("=") == 2  # the title, and which row


def test_where_there_are_no_books_a_link_leads_to_the_first(
    client: Client, ada: User, conversation: Conversation
):
    client.force_login(ada)

    assert f'<a href="{reverse("new_lorebook")}">' in client.get(address(conversation)).content.decode()


def test_ben_cannot_set_anything(client: Client, ben: User, conversation: Conversation):
    client.force_login(ben)

    assert client.get(address(conversation)).status_code == 404
    assert save(client, conversation, title="Mine").status_code == 404


def test_the_guard_is_on_and_may_be_switched_off(client: Client, ada: User, conversation: Conversation):
    client.force_login(ada)
    assert conversation.guarded

    save(client, conversation, guarded="")

    conversation.refresh_from_db()
    assert not conversation.guarded
