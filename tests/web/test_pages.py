"""The pages: who sees what, what forms do, and what no page may load."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from characters.models import Character
from roleplay.conversations.models import Conversation, Message
from tests.cast import GREETING, make_character, make_conversation

PASSWORD = "a sentence nobody guesses"


def sign_up(client: Client, name: str) -> None:
    client.post("/accounts/signup/", {"username": name, "password1": PASSWORD, "password2": PASSWORD})


def test_the_first_account_becomes_operator_and_no_other(client: Client, db: None):
    for name in ("first", "second"):
        sign_up(Client(), name)

    assert list(User.objects.order_by("pk").values_list("is_superuser", "is_staff")) == [
        (True,) * 2,
        (False,) * 2,
    ]


def test_on_a_site_for_others_nobody_becomes_operator_by_signing_up(client: Client, db: None, settings):
    settings.LOCAL_START = False

    sign_up(client, "first")

    assert not User.objects.get().is_staff


def test_everybody_has_a_persona_from_the_start(client: Client, db: None):
    sign_up(client, "juno")

    assert list(User.objects.get().personas.values_list("name", "default")) == [("juno", True)]


def test_a_persona_is_changed_and_given_back(ada: User, client: Client):
    client.force_login(ada)

    client.post("/persona/", {"name": "Juno", "description": "Carries letters.\n"})

    assert ada.personas.get().name == "Juno"
    assert b"Carries letters." in client.get("/persona/").content


def test_the_password_is_changed_with_the_old_one(client: Client, db: None):
    sign_up(client, "juno")

    new = "another sentence nobody guesses"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert User.objects.get().check_password(new)


def test_sign_ins_are_limited(client: Client, ada: User, settings):
    for _ in range(20):
        answer = client.post("/accounts/login/", {"login": "ada", "password": "a guess"})

    assert answer.status_code == 429 or b"oo many" in answer.content


def test_private_characters_are_for_their_authors(client: Client, ada: User):
    make_character(visibility="private")
    ada.is_staff = ada.is_superuser = True
    ada.save()

    assert client.get("/characters/mira/").status_code == 404
    client.force_login(ada)
    assert client.get("/characters/mira/").status_code == 200


def test_a_chat_starts_with_the_greeting(client: Client, ada: User, mira: Character):
    mira.greetings.create(position=1, text="Another beginning, {{user}}.")
    client.force_login(ada)

    answer = client.post("/characters/mira/chat/", follow=True)

    conversation = Conversation.objects.get()
    assert answer.redirect_chain == [(conversation.get_absolute_url(), 302)]
    assert conversation.head and conversation.head.text == GREETING
    assert Message.objects.exclude(pk=conversation.head.pk).get().text == "Another beginning, ada."


def test_a_visitor_who_starts_a_chat_is_asked_to_sign_in_and_comes_back(client: Client, mira: Character):
    answer = client.post("/characters/mira/chat/")

    assert answer.headers["Location"] == "/accounts/login/?next=/characters/mira/"


def test_a_conversation_outlives_its_character(client: Client, ada: User, mira: Character):
    conversation = make_conversation(ada, mira)
    mira.delete()
    client.force_login(ada)

    answer = client.get(conversation.get_absolute_url())

    assert answer.status_code == 200
    assert answer.context["character"]["url"] == ""


def test_a_page_costs_the_same_however_long_the_conversation_is(
    client: Client, ada: User, mira: Character, django_assert_max_num_queries: DjangoAssertNumQueries
):
    short = make_conversation(ada, mira, lines=["Hello.", "Hello."])
    long = make_conversation(ada, mira, lines=[f"Line {number}." for number in range(120)])
    client.force_login(ada)
    client.get("/")

    with CaptureQueriesContext(connection) as of_short:
        client.get(short.get_absolute_url())
    with django_assert_max_num_queries(len(of_short)):
        page = client.get(long.get_absolute_url())
    assert len(page.context["messages"]) == 50
    assert page.context["earlier"]


ADDRESSES = ["/", "/accounts/login/", "/accounts/signup/", "/characters/mira/", "/nowhere/", "/healthz"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_may_run_or_load_what_is_not_ours(address: str, client: Client, mira: Character):
    policy = client.get(address).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/nowhere/"])
def test_every_page_says_that_the_demo_model_answers(address: str, client: Client, mira: Character):
    page = client.get(address).content.decode()

    assert "Demo model" in page
    assert "LLM_API_KEY" in page
