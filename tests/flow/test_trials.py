"""A trial that is thrown away while its reply is being written: nothing of it stays, and nobody else notices."""

from __future__ import annotations

import logging

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth.models import User

from characters.models import Character
from characters.versions import definition_of
from roleplay.conversations.models import Conversation, Turn
from roleplay.turns.engine import Engine
from roleplay.turns.trials import start_trial
from tests.conftest import Open
from tests.endpoint import Endpoint

NOT_FOUND = 4404


async def test_it_is_thrown_away_in_mid_sentence(
    ada: User,
    mira: Character,
    endpoint: Endpoint,
    engine: Engine,
    open_socket: Open,
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level(logging.ERROR)
    definition = await database_sync_to_async(definition_of)(mira)
    trial = await database_sync_to_async(start_trial)(ada, definition)
    gate = endpoint.gate()
    endpoint.say("Late, yes. ", gate, "The river held me.")
    socket = await open_socket(trial, ada)
    await socket.send("You are late.")
    await socket.until("reply.delta")

    next_one = await database_sync_to_async(start_trial)(ada, definition)
    gate.go()
    other = await open_socket(next_one, ada)
    await other.send("And you?")
    finished = await other.until("reply.finished")

    assert finished["message"]["text"] == "All right."
    assert [each.pk async for each in Conversation.objects.all()] == [next_one.pk]
    assert await Turn.objects.filter(ended_at=None).acount() == 0
    assert [record.getMessage() for record in caplog.records] == []
