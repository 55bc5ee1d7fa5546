"""What is asked often is found by an index, however much was said before: no query walks a whole table."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from roleplay.conversations import tree_map
from roleplay.conversations.models import Conversation, Edit, Message, Turn
from roleplay.web.rows import conversations_of
from tests.cast import make_user


def unowned() -> QuerySet[Any]:
    return Turn.objects.unowned(timezone.now())


def open_of_one() -> QuerySet[Any]:
    return Conversation(pk=uuid4()).turns.open_replies()


def replies_to_one() -> QuerySet[Any]:
    return Message.objects.filter(conversation=uuid4(), parent__in=[uuid4()])


def beginnings() -> QuerySet[Any]:
    return Message.objects.filter(conversation=uuid4(), depth=0)


def conversations_of_one() -> QuerySet[Any]:
    return conversations_of(make_user("ada"))


def edits_of_one() -> QuerySet[Any]:
    return Edit.objects.filter(message=uuid4(), author=uuid4(), client_id="edit-it-1")


def continuation_of_one() -> QuerySet[Any]:
    return Conversation(pk=uuid4()).turns.filter(user=1, client_id="go-on-now")


def newest_impersonation() -> QuerySet[Any]:
    return Conversation(pk=uuid4()).turns.impersonations_of(1)[:1]


def partings() -> QuerySet[Any]:
    return Message.objects.filter(conversation=uuid4(), parted=True, depth__range=(0, 9)).order_by("-depth")


def named_places() -> QuerySet[Any]:
    return tree_map.checkpoints(Conversation(pk=uuid4()))[:20]


QUERIES = [
    newest_impersonation,
    partings,
    named_places,
    edits_of_one,
    continuation_of_one,
    unowned,
    Turn.objects.open,
    open_of_one,
    replies_to_one,
    beginnings,
    conversations_of_one,
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.__name__)
def test_an_index_is_used(query, db):
    plan = plan_of(query())

    assert walks(plan) == [], plan


@pytest.mark.parametrize("order", ["pk", "text"])
def test_a_walk_would_be_noticed(order, db):
    plan = plan_of(Message.objects.order_by(order))

    assert len(walks(plan)) == 1, plan


def plan_of(query: QuerySet[Any]) -> str:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # to walk is quicker while the tables are small
            cursor.execute("SET LOCAL enable_seqscan = off")
    return query.explain()


def walks(plan: str) -> list[str]:
    """The steps that read a table or an index from end to end. The index of the open turns may be: they are few."""
    steps = [line for line in plan.splitlines() if "turn_open" not in line]
    if connection.vendor == "sqlite":
        return [step for step in steps if "SCAN" in step]
    return [
        step
        for step, detail in pairwise([*steps, ""])
        if re.search("(Seq|Index|Index Only) Scan", step) and "Index Cond" not in detail
    ]
