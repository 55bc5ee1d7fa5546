"""The desk's lists: what a row tells, and that many rows cost no more queries than few."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from roleplay.conversations.models import Message
from tests.cast import make_character, make_conversation

LIST = "/admin/characters/character/"


def fallen(client: Client) -> dict[str, int]:
    """How many replies the list says fell out of character, by the character's slug."""
    shown: Any = client.get(LIST).context["cl"]
    return {character.slug: shown.model_admin.out_of_character(character) for character in shown.result_list}


def test_a_row_counts_the_replies_of_its_own_character_that_fell_out_of_it(admin_client: Client, ada: User):
    lines = ["Hello.", "I am a program.", "Really?", "Really."]
    for slug, number in (("mira", 2), ("juno", 1), ("ilse", 0)):
        conversation = make_conversation(ada, make_character(slug=slug), lines=lines)
        replies = conversation.messages.filter(role="assistant").order_by("-depth")
        Message.objects.filter(pk__in=[reply.pk for reply in replies[:number]]).update(drifted=True)

    assert fallen(admin_client) == {"mira": 2, "juno": 1, "ilse": 0}


def test_many_characters_cost_no_more_queries_than_few(admin_client: Client):
    for number in range(3):
        make_character(slug=f"mira-{number}")
    with CaptureQueriesContext(connection) as of_few:
        admin_client.get(LIST)
    for number in range(3, 30):
        make_character(slug=f"mira-{number}")

    with CaptureQueriesContext(connection) as of_many:
        assert len(fallen(admin_client)) == 30

    assert len(of_many) == len(of_few)
