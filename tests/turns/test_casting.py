"""A conversation goes on with the version that it began with, until its reader takes the new one."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from characters.models import Character
from characters.versions import keep_as_draft, publish
from roleplay.conversations.models import Conversation
from roleplay.turns.casting import (
    forget_unused_versions,
    newer_version,
    take_newer_version,
    take_version_before,
    version_before,
)
from roleplay.turns.scenes import load
from tests.cast import make_author
from tests.turns.steps import claimed


def rewrite(mira: Character, description: str, note: str = "") -> None:
    mira.description = description
    mira.save()
    publish(mira, make_author("dora") if not User.objects.filter(username="dora") else None, note)


def described(user: User, conversation: Conversation) -> str:
    """Who the character is, in the scene of a new reply."""
    return load(claimed(user, conversation)).scene.sheet.description


def test_it_goes_on_with_the_version_it_knows(ada: User, mira: Character, conversation: Conversation):
    before = mira.description

    rewrite(mira, "She burns maps.")

    assert described(ada, conversation) == before


def test_from_the_next_reply_on_it_is_the_new_one(ada: User, mira: Character, conversation: Conversation):
    rewrite(mira, "She burns maps.")

    taken = take_newer_version(ada, conversation)

    assert taken and taken.number == 2
    assert described(ada, conversation) == "She burns maps."
    assert newer_version(ada, conversation) is None


def test_there_is_a_way_back(ada: User, mira: Character, conversation: Conversation):
    first = mira.description
    rewrite(mira, "She burns maps.")
    take_newer_version(ada, conversation)

    take_version_before(conversation)

    newer = newer_version(ada, conversation)
    assert newer and newer.number == 2
    assert version_before(conversation) is None
    take_version_before(conversation)
    assert described(ada, conversation) == first


def test_the_way_back_is_open_when_the_character_is_gone(
    ada: User, mira: Character, conversation: Conversation
):
    first = mira.description
    rewrite(mira, "She burns maps.")
    take_newer_version(ada, conversation)
    mira.delete()
    forget_unused_versions()

    take_version_before(conversation)

    assert described(ada, conversation) == first


def test_a_draft_is_nothing_new(ada: User, mira: Character, conversation: Conversation):
    mira.description = "She burns maps."
    mira.save()
    keep_as_draft(mira)

    assert take_newer_version(ada, conversation) is None


def test_of_one_that_is_private_by_now_there_is_nothing_new(
    ada: User, mira: Character, conversation: Conversation
):
    mira.visibility = "private"
    rewrite(mira, "She burns maps.")

    assert newer_version(ada, conversation) is None


def test_its_page_offers_it_with_its_note(
    client: Client, ada: User, mira: Character, conversation: Conversation
):
    client.force_login(ada)
    page = conversation.get_absolute_url()
    assert "New version" not in client.get(page).content.decode()
    rewrite(mira, "She burns maps.", "She burns maps now")

    offered = client.get(page).content.decode()
    client.post(reverse("take_version", args=[conversation.pk]))

    assert "New version" in offered and "She burns maps now" in offered
    assert "New version" not in client.get(page).content.decode()


def test_the_settings_lead_back(client: Client, ada: User, mira: Character, conversation: Conversation):
    first = mira.description
    client.force_login(ada)
    settings = reverse("settings", args=[conversation.pk])
    assert "Back to the version before" not in client.get(settings).content.decode()
    rewrite(mira, "She burns maps.")
    take_newer_version(ada, conversation)

    offered = client.get(settings).content.decode()
    client.post(reverse("take_version", args=[conversation.pk]), {"before": ""})

    assert "Back to the version before" in offered
    assert "Back to the version before" not in client.get(settings).content.decode()
    assert described(ada, conversation) == first
