"""The desk's lists: what a row tells, and that many rows cost no more queries than few."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from characters.models import Lorebook
from roleplay.conversations.models import Message
from tests.cast import make_character, make_conversation

CHARACTERS = "/admin/characters/character/"
BOOKS = "/admin/characters/lorebook/"


def make_book(title: str, entries: int) -> None:
    book = Lorebook.objects.create(title=title)
    for number in range(entries):
        book.entries.create(keys=[f"key {number}"], content="It moves.")


def fallen(client: Client) -> dict[str, int]:
    """How many replies the list says fell out of character, by the character's slug."""
    shown: Any = client.get(CHARACTERS).context["cl"]
    return {character.slug: shown.model_admin.out_of_character(character) for character in shown.result_list}


def test_a_row_counts_the_replies_of_its_own_character_that_fell_out_of_it(admin_client: Client, ada: User):
    lines = ["Hello.", "I am a program.", "Really?", "Really."]
    for slug, number in (("mira", 2), ("juno", 1), ("ilse", 0)):
        conversation = make_conversation(ada, make_character(slug=slug), lines=lines)
        replies = conversation.messages.filter(role="assistant").order_by("-depth")
        Message.objects.filter(pk__in=[reply.pk for reply in replies[:number]]).update(drifted=True)

    assert fallen(admin_client) == {"mira": 2, "juno": 1, "ilse": 0}


def test_a_row_counts_the_entries_of_its_own_lorebook(admin_client: Client):
    for title, number in (("The river", 2), ("The town", 0)):
        make_book(title, number)

    shown: Any = admin_client.get(BOOKS).context["cl"]

    assert {book.title: shown.model_admin.length(book) for book in shown.result_list} == {
        "The river": 2,
        "The town": 0,
    }


@pytest.mark.parametrize(
    ("address", "make"),
    [
        (CHARACTERS, lambda number: make_character(slug=f"mira-{number}")),
        (BOOKS, lambda number: make_book(f"Book {number}", 2)),
    ],
    ids=["characters", "lorebooks"],
)
def test_many_rows_cost_no_more_queries_than_few(
    admin_client: Client, address: str, make: Callable[[int], object]
):
    for number in range(3):
        make(number)
    with CaptureQueriesContext(connection) as of_few:
        admin_client.get(address)
    for number in range(3, 30):
        make(number)

    with CaptureQueriesContext(connection) as of_many:
        shown: Any = admin_client.get(address).context["cl"]

    assert len(shown.result_list) == 30
    assert len(of_many) == len(of_few)
