"""What is set for one conversation: its title, and what the model is told besides."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from characters.models import Character
from roleplay.conversations.models import Conversation
from roleplay.turns import scenes
from tests.cast import make_conversation
from tests.turns.steps import claimed, reply_of

UNSET = {"title": "", "note": "", "scenario": "", "reply_opening": "", "reinforce_every": ""}


def address(conversation: Conversation) -> str:
    return reverse("settings", args=[conversation.pk])


def save(client: Client, conversation: Conversation, **fields: Any) -> Any:
    return client.post(address(conversation), {**UNSET, **fields}, follow=True)


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
    [("title", "x" * 101), ("note", "x" * 4001), ("reinforce_every", "100"), ("reinforce_every", "-1"), ("reinforce_every", "often")],
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


def test_ben_cannot_set_anything(client: Client, ben: User, conversation: Conversation):
    client.force_login(ben)

    assert client.get(address(conversation)).status_code == 404
    assert save(client, conversation, title="Mine").status_code == 404
