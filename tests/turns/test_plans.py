"""What is asked often is found by an index, however much was said before: no query walks a whole table."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from roleplay.conversations.models import Conversation, Message, Turn
from roleplay.web.rows import conversations_of
from tests.cast import make_user


def due() -> QuerySet[Any]:
    return Turn.objects.due(timezone.now())


def open_of_one() -> QuerySet[Any]:
    return Conversation(pk=uuid4()).turns.open()


def replies_to_one() -> QuerySet[Any]:
    return Message.objects.filter(conversation=uuid4(), parent__in=[uuid4()])


def beginnings() -> QuerySet[Any]:
    return Message.objects.filter(conversation=uuid4(), depth=0)


def conversations_of_one() -> QuerySet[Any]:
    return conversations_of(make_user("ada"))


QUERIES = [due, Turn.objects.open, open_of_one, replies_to_one, beginnings, conversations_of_one]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.__name__)
def test_an_index_is_used(query, db):
    plan = query().explain()

    tables = [line for line in plan.splitlines() if "SCAN" in line and "INDEX" not in line]
    assert tables == [], plan
    assert "one_open_turn" in plan or "SEARCH" in plan
