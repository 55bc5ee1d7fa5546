"""Who one is: a persona from the start, others beside it, and nobody else's."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from characters.models import Persona
from roleplay.conversations.models import Conversation

CAPTAIN = {"name": "Captain", "description": "Owes money in every harbour."}


@pytest.fixture
def reading(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def captain(ada: User) -> Persona:
    return ada.personas.create(**CAPTAIN)


def address(persona: Persona, name: str = "persona") -> str:
    return reverse(name, args=[persona.pk])


def test_another_persona_is_written_beside_the_default_one(reading: Client, ada: User):
    book = ada.lorebooks.create(title="The sea")

    answer = reading.post(reverse("new_persona"), {**CAPTAIN, "lorebooks": [book.pk]})

    captain = ada.personas.get(name="Captain")
    assert answer.headers["Location"] == address(captain)
    assert (captain.description, captain.default) == (CAPTAIN["description"], False)
    assert captain.lorebooks.get() == book
    assert ada.personas.get(default=True).name == "ada"


def test_the_default_one_stands_first_and_is_the_page(reading: Client, ada: User):
    ada.personas.update(name="Zoe")
    ada.personas.create(name="Anna")

    answer = reading.get(reverse("persona"))

    assert [each.name for each in answer.context["personas"]] == ["Zoe", "Anna"]
    assert answer.context["persona"].name == "Zoe"


def test_each_is_changed_on_its_page(reading: Client, ada: User, captain: Persona):
    reading.post(address(captain), {"name": "Commodore", "description": ""})

    assert set(ada.personas.values_list("name", "default")) == {("ada", True), ("Commodore", False)}


def test_one_who_came_from_a_chat_is_led_back(reading: Client, conversation: Conversation, captain: Persona):
    conversation.participants.update(persona=captain)
    chat = conversation.get_absolute_url()

    assert f'href="{address(captain)}?next={chat}"' in reading.get(chat).text
    answer = reading.post(f"{address(captain)}?next={chat}", CAPTAIN)
    assert answer.headers["Location"] == chat


def test_another_becomes_the_default_one(reading: Client, ada: User, captain: Persona):
    answer = reading.post(address(captain, "make_default"), follow=True)

    assert "You begin new conversations as Captain." in answer.text
    assert ada.personas.get(default=True) == captain
    assert reading.get(address(captain, "make_default")).status_code == 405


def test_where_a_deleted_persona_was_the_default_one_goes_on(
    reading: Client, ada: User, conversation: Conversation, captain: Persona
):
    conversation.participants.update(persona=captain)

    asked = reading.get(address(captain, "delete_persona")).text
    assert "Where you are Captain now, you go on as ada." in asked
    assert ada.personas.count() == 2
    reading.post(address(captain, "delete_persona"))

    assert conversation.participants.get().persona == ada.personas.get(default=True)
    assert ada.personas.count() == 1


def test_the_default_one_cannot_be_deleted(reading: Client, ada: User):
    default = ada.personas.get()

    assert reading.post(address(default, "delete_persona")).status_code == 404
    assert address(default, "delete_persona") not in reading.get(reverse("persona")).text
    assert ada.personas.get() == default


def test_only_ones_own_books_are_offered_and_taken(reading: Client, ada: User, ben: User):
    bens, world = (
        ben.lorebooks.create(title="Of Ben alone"),
        ben.lorebooks.model.objects.create(title="World"),
    )

    assert "Of Ben alone" not in reading.get(reverse("persona")).text
    for book in (bens, world):
        answer = reading.post(reverse("persona"), {**CAPTAIN, "lorebooks": [book.pk]})
        assert "lorebooks" in answer.context["form"].errors
    assert ada.personas.get().name == "ada"


def test_where_there_are_no_books_a_link_leads_to_the_first(reading: Client, ada: User):
    way = f'You have none yet. <a href="{reverse("new_lorebook")}">Write one</a>'

    assert way in reading.get(reverse("persona")).text
    ada.lorebooks.create(title="The sea")
    assert way not in reading.get(reverse("persona")).text


def test_ben_finds_nothing_of_it(client: Client, ben: User, captain: Persona):
    client.force_login(ben)

    for name in ("persona", "delete_persona", "make_default"):
        assert client.post(address(captain, name), {"name": "Taken"}).status_code == 404
        assert client.get(address(captain, name)).status_code in (404, 405)
    assert "Captain" not in client.get(reverse("persona")).text
    captain.refresh_from_db()
    assert captain.name == "Captain"
    assert ben.personas.get().default


def test_without_a_sign_in_one_is_asked_to(client: Client, captain: Persona):
    own = (address(captain, name) for name in ("persona", "delete_persona", "make_default"))
    for place in (reverse("persona"), reverse("new_persona"), *own):
        assert client.get(place).headers["Location"].startswith("/accounts/login/")
