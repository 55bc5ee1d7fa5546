"""What was committed is told to every socket of the conversation. A hint: who misses it resumes."""

from __future__ import annotations

from uuid import UUID

import orjson
from channels.layers import get_channel_layer

from roleplay.conversations.events import Frame

DELTAS = ("reply.delta", "impersonation.delta")


def group(conversation: UUID) -> str:
    return f"conversation.{conversation.hex}"


def user_group(user: int) -> str:
    """The group of all sockets of a user, whichever conversation they are in."""
    return f"user.{user}"


async def publish(conversation: UUID, frame: Frame, *, but: str = "", only: int | None = None) -> None:
    """Sends the frame to all sockets of the conversation, `but` one (a channel's name); `only`: to those of one user.

    Deltas are made into text once for all; other frames go as they are, for their
    sentences are in each reader's language.
    """
    layer = get_channel_layer()
    event: dict[str, object] = {"type": "conversation.frame", "frame": frame, "but": but, "only": only}
    if frame["type"] in DELTAS:
        event = {"type": "conversation.text", "text": orjson.dumps(frame).decode(), "only": only}
    await layer.group_send(group(conversation), event)


async def look_again(user: int) -> None:
    """Makes every socket of the user ask again who it is, and what it may see."""
    await get_channel_layer().group_send(user_group(user), {"type": "user.changed"})
