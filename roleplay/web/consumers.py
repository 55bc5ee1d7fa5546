"""The socket of a conversation: parse, permit, hand over. Documented in docs/protocol.md."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import orjson
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import DatabaseError
from django.utils import translation

from roleplay.conversations import events
from roleplay.conversations.models import Conversation
from roleplay.conversations.publish import group, publish
from roleplay.turns import engine
from roleplay.turns.service import CommandRefused, Done
from roleplay.web import acting, commands, visitors
from roleplay.web.sentences import told

logger = logging.getLogger(__name__)

EVERYBODY = "everybody"  # the group of all sockets
PULSE_EVERY = 15.0  # seconds

BAD_FRAME = 4400
NOT_SIGNED_IN = 4401
NOT_FOUND = 4404
COME_BACK = 4012


class ConversationConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # untyped
    """One browser in one conversation."""

    beating: asyncio.Task[None] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """However it ends, a socket that goes leaves nothing behind."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.beating:
                self.beating.cancel()
            for name in self.groups:
                await self.channel_layer.group_discard(name, self.channel_name)

    async def connect(self) -> None:
        # Accepted before it is judged: a browser cannot read a refused handshake.
        await self.accept()
        self.conversation = self.scope["url_route"]["kwargs"]["conversation"]
        self.session = visitors.session_of(self.scope)
        self.language = visitors.language_of(self.scope)
        self.operator = False
        self.groups = [group(self.conversation), EVERYBODY]
        entered = await self._permitted(acting.enter)
        if entered is None:
            return
        self.operator = entered.operator
        for name in self.groups:
            await self.channel_layer.group_add(name, self.channel_name)
        await self._tell(entered.hello)
        self.beating = asyncio.create_task(self._beat())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            command = commands.parse(text_data or "")
        except commands.BadFrame:
            await self.close(BAD_FRAME)
        except commands.BadCommand as bad:
            await self._tell(events.error(bad.code, bad.client_id))
        else:
            await self._carry_out(command)

    async def conversation_frame(self, event: dict[str, Any]) -> None:
        if event["but"] != self.channel_name:
            await self._tell(event["frame"])

    async def conversation_text(self, event: dict[str, Any]) -> None:
        await self.send(event["text"])

    async def server_leaving(self, event: dict[str, Any]) -> None:
        await self.close(COME_BACK)

    async def _carry_out(self, command: commands.Command) -> None:
        try:
            done: Done | None = await self._permitted(acting.act, command)
        except CommandRefused as refused:
            await self._tell(events.error(refused.code, command.client_id))
            return
        except DatabaseError:
            logger.exception("A command failed.")
            await self._tell(events.error("not_saved", command.client_id))
            return
        if done is None:
            return
        # To its sender directly, so that the answers to his frames come in their order.
        for frame in (done.own, *done.all):
            if frame:
                await self._tell(frame)
        for frame in (*done.others, *done.all):
            await publish(self.conversation, frame, but=self.channel_name)
        if done.wake:
            engine.wake()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(PULSE_EVERY)
            try:
                beat = await self._permitted(acting.pulse)
            except DatabaseError:
                logger.exception("A pulse failed; the next one is tried.")
                continue
            if beat is None:
                return
            await self._tell(beat)

    async def _permitted(self, function: Any, *arguments: Any) -> Any:
        """What the function gives for this session and conversation; None where the socket was closed instead."""
        try:
            return await database_sync_to_async(function)(self.session, self.conversation, *arguments)
        except visitors.SignedOut:
            await self.close(NOT_SIGNED_IN)
        except Conversation.DoesNotExist:
            await self.close(NOT_FOUND)
        return None

    async def _tell(self, frame: events.Frame) -> None:
        with translation.override(self.language):
            text = orjson.dumps(told(frame, self.operator)).decode()
        await self.send(text)


class NowhereConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # untyped
    """An address where nothing is."""

    async def connect(self) -> None:
        await self.accept()
        await self.close(NOT_FOUND)
