"""What was said before an update is found after it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from roleplay.conversations.models import Conversation, Message
from tests.cast import make_long


def migrate(name: str) -> None:
    executor = MigrationExecutor(connection)
    leaves = [key for key in executor.loader.graph.leaf_nodes() if key[0] != "conversations"]
    wanted = [("conversations", name)] if name else executor.loader.graph.leaf_nodes("conversations")
    executor.migrate([*leaves, *wanted])


@pytest.mark.django_db(transaction=True)
def test_messages_of_old_get_their_jumps_and_partings(ada: User, conversation: Conversation):
    make_long(conversation, 40)
    fork = conversation.messages.get(depth=20)
    Message.objects.create_below(fork, conversation=conversation, role="user", name="ada", text="Otherwise.")
    before = set(conversation.messages.values_list("pk", "jump", "parted"))

    migrate("0002_line")
    migrate("")

    assert set(conversation.messages.values_list("pk", "jump", "parted")) == before
