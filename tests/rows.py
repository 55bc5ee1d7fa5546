"""What a database holds of conversations, read from outside of the application that writes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from django.db import connection

from tests.oracle import Said

UNSAID = ("pending", "failed", "refused")


class MessageRow(NamedTuple):
    id: str
    conversation: str
    parent: str | None
    role: str
    text: str
    state: str
    revision: int
    generation: int
    client_id: str | None
    checkpoint: str
    hidden: bool
    deleted: str


class ConversationRow(NamedTuple):
    id: str
    revision: int
    head: str | None
    moved_at: int


@dataclass(frozen=True)
class Rows:
    conversations: dict[str, ConversationRow]
    messages: dict[str, MessageRow]
    open_turns: list[str]  # ids of their messages

    def path(self, message: str | None) -> list[MessageRow]:
        """The messages up to and with this one, oldest first."""
        found: list[MessageRow] = []
        while message:
            found.append(self.messages[message])
            message = found[-1].parent
        return found[::-1]

    def said_before(self, reply: MessageRow) -> Said:
        """What a model was told before this reply."""
        path = self.path(reply.parent)
        return tuple((each.role, each.text) for each in path if each.state not in UNSAID and each.text)


def of_tests() -> Rows:
    """Those of the tests' own database."""

    def query(statement: str) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    return _read(query)


def of_server(database_url: str) -> Rows:
    """Those of a server's database."""
    if database_url.startswith("sqlite:///"):
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), timeout=20)) as file:
            return _read(lambda statement: file.execute(statement).fetchall())
    with psycopg.connect(database_url) as server:
        return _read(lambda statement: server.execute(statement).fetchall())


def _read(query: Callable[[str], list[Any]]) -> Rows:
    # Messages last: what is read of them is as new as what is read of the others.
    conversations = query("SELECT id, revision, head_id, moved_at FROM conversations_conversation")
    turns = query("SELECT message_id FROM conversations_turn WHERE ended_at IS NULL")
    messages = query(
        "SELECT id, conversation_id, parent_id, role, text, state, revision, generation, client_id, "
        "checkpoint, hidden, deleted "
        "FROM conversations_message"
    )
    return Rows(
        {
            _id(id): ConversationRow(_id(id), revision, head and _id(head), moved)
            for id, revision, head, moved in conversations
        },
        {
            _id(id): MessageRow(_id(id), _id(conversation), parent and _id(parent), *rest)
            for id, conversation, parent, *rest in messages
        },
        [_id(message) for (message,) in turns],
    )


def _id(id: Any) -> str:
    return str(id if isinstance(id, UUID) else UUID(id))
