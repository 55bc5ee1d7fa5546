"""The channel layer of a single process: quick, shared, and nothing left behind."""

from __future__ import annotations

import asyncio
import logging

import pytest
from django.conf import settings

from roleplay.layer import CAPACITY, MemoryLayer

GROUP = "conversation.x"


async def joined(layer: MemoryLayer, count: int = 1) -> list[str]:
    channels = [await layer.new_channel() for _ in range(count)]
    for channel in channels:
        await layer.group_add(GROUP, channel)
    return channels


async def test_every_socket_of_a_group_receives_each_event_in_its_order():
    layer = MemoryLayer()
    channels = await joined(layer, 3)

    for number in range(5):
        await layer.group_send(GROUP, {"type": "x", "number": number})

    for channel in channels:
        assert [(await layer.receive(channel))["number"] for _ in range(5)] == [0, 1, 2, 3, 4]


async def test_a_waiting_socket_is_woken():
    layer = MemoryLayer()
    (channel,) = await joined(layer)
    waiting = asyncio.create_task(layer.receive(channel))
    await asyncio.sleep(0)

    await layer.group_send(GROUP, {"type": "x"})

    assert await waiting == {"type": "x"}


async def test_an_event_is_one_for_all_receivers():
    layer = MemoryLayer()
    one, two = await joined(layer, 2)
    event = {"type": "x", "frame": {"text": "Hello."}}

    await layer.group_send(GROUP, event)

    assert await layer.receive(one) is await layer.receive(two) is event


async def test_who_left_and_who_is_elsewhere_hear_nothing():
    layer = MemoryLayer()
    stays, leaves = await joined(layer, 2)
    elsewhere = await layer.new_channel()
    await layer.group_add("conversation.y", elsewhere)
    await layer.group_discard(GROUP, leaves)

    await layer.group_send(GROUP, {"type": "x"})
    await layer.group_send("conversation.nobody", {"type": "x"})

    assert set(layer.channels) == {stays}


async def test_a_slow_socket_loses_what_is_too_much_and_the_others_nothing(caplog):
    layer = MemoryLayer(capacity=2)
    slow, quick = await joined(layer, 2)
    heard = []

    with caplog.at_level(logging.WARNING):
        for number in range(3):
            await layer.group_send(GROUP, {"type": "x", "number": number})
            heard.append((await layer.receive(quick))["number"])

    assert heard == [0, 1, 2]
    assert [(await layer.receive(slow))["number"] for _ in range(2)] == [0, 1]
    assert "behind by 2 events" in caplog.text


async def test_a_burst_is_not_lost():
    layer = MemoryLayer()
    (channel,) = await joined(layer)

    for number in range(CAPACITY):
        await layer.group_send(GROUP, {"type": "x", "number": number})

    assert [(await layer.receive(channel))["number"] for _ in range(CAPACITY)] == list(range(CAPACITY))


async def test_nothing_expires():
    layer = MemoryLayer(expiry=-1, group_expiry=-1)
    (channel,) = await joined(layer)

    await layer.group_send(GROUP, {"type": "x"})

    assert await layer.receive(channel) == {"type": "x"}
    assert channel in layer.groups[GROUP]


@pytest.mark.parametrize("waiting", [0, 3])
async def test_a_socket_that_goes_leaves_nothing_behind(waiting):
    layer = MemoryLayer()
    (channel,) = await joined(layer)
    for _ in range(waiting):
        await layer.group_send(GROUP, {"type": "x"})

    await layer.group_discard(GROUP, channel)

    assert (layer.channels, layer.groups) == ({}, {})


def test_the_application_uses_it():
    assert settings.CHANNEL_LAYERS["default"]["BACKEND"] == "roleplay.layer.MemoryLayer"
