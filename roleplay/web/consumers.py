"""The socket of a conversation: parse, permit, hand over. Documented in docs/protocol.md."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from typing import Any, NoReturn

import orjson
from channels.db import database_sync_to_async
from channels.exceptions import ChannelFull, StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import Error
from django.utils import translation

from roleplay.conversations import events
from roleplay.conversations.models import Conversation, Participant
from roleplay.conversations.publish import group, publish, user_group
from roleplay.turns import engine
from roleplay.turns.done import CommandRefused, Done
from roleplay.web import acting, commands, limits, visitors
from roleplay.web.sentences import told

logger = logging.getLogger(__name__)

EVERYBODY = "everybody"  # the group of all sockets
PULSE_EVERY = 15.0  # seconds

BAD_FRAME = 4400
NOT_SIGNED_IN = 4401
NO_LONGER_A_MEMBER = 4403
NOT_FOUND = 4404
TOO_FAST = 4429
COME_BACK = 4012


class ConversationConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # untyped
    """One browser in one conversation."""

    beating: asyncio.Task[None] | None = None
    place = ""  # among the sockets of its user, once it has entered
    operator = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """However it ends, a socket that goes leaves nothing behind."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.beating:
                self.beating.cancel()
            for name in self.groups:
                await self.channel_layer.group_discard(name, self.channel_name)
            if self.place:
                await database_sync_to_async(limits.free)(self.place, self.channel_name)

    async def connect(self) -> None:
        # Accepted before it is judged: a browser cannot read a refused handshake.
        await self.accept()
        self.conversation = self.scope["url_route"]["kwargs"]["conversation"]
        self.session = visitors.session_of(self.scope)
        self.language = visitors.language_of(self.scope)
        self.meter = limits.SocketMeter(time.monotonic())
        # Joined before it is judged, too: what changes meanwhile waits for it, and is not missed.
        self.user = await self._permitted(acting.who)
        self.groups = [group(self.conversation), user_group(self.user), EVERYBODY]
        for name in self.groups:
            await self.channel_layer.group_add(name, self.channel_name)
        entered = await self._permitted(acting.enter, self.channel_name)
        self.operator, self.place = entered.operator, entered.place
        await self._tell(entered.hello)
        self.beating = asyncio.create_task(self._beat())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if not self.meter.admits(text_data or bytes_data or "", time.monotonic()):
            await self._send_away(TOO_FAST)
        try:
            command = commands.parse(text_data or "")
        except commands.BadFrame:
            await self._send_away(BAD_FRAME)
        except commands.BadCommand as bad:
            await self._tell(events.error(bad.code, bad.client_id))
        else:
            await self._carry_out(command)

    async def conversation_frame(self, event: dict[str, Any]) -> None:
        if event["but"] != self.channel_name and event["only"] in (None, self.user):
            await self._tell(event["frame"])

    async def conversation_text(self, event: dict[str, Any]) -> None:
        if event["only"] in (None, self.user):
            await self.send(event["text"])

    async def user_changed(self, event: dict[str, Any]) -> None:
        await self._look()

    async def socket_beat(self, event: dict[str, Any]) -> None:
        await database_sync_to_async(limits.renew)(self.place, self.channel_name)
        if beat := await self._look():
            await self._tell(beat)

    async def server_leaving(self, event: dict[str, Any]) -> None:
        # It ends with the browser's answer: until then the server stays, for its last words are on their way.
        await self.close(COME_BACK)

    async def _carry_out(self, command: commands.Command) -> None:
        try:
            done: Done = await self._permitted(acting.act, command)
        except CommandRefused as refused:
            await self._tell(events.error(refused.code, command.client_id))
            return
        except Error:
            logger.exception("A command failed.")
            await self._tell(events.error("not_saved", command.client_id))
            return
        # To its sender directly, so that the answers to his frames come in their order.
        for frame in (done.own, *done.all):
            if frame:
                await self._tell(frame)
        for frame in (*done.others, *done.all):
            await publish(self.conversation, frame, but=self.channel_name, only=done.only)
        if done.wake:
            engine.wake()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(PULSE_EVERY)
            with suppress(ChannelFull):
                await self.channel_layer.send(self.channel_name, {"type": "socket.beat"})

    async def _look(self) -> events.Frame | None:
        """Where the conversation stands, for one who may still see it."""
        try:
            beat: events.Frame = await self._permitted(acting.pulse)
        except Error:
            logger.exception("A look failed; the next pulse looks again.")
            return None
        return beat

    async def _permitted(self, function: Any, *arguments: Any) -> Any:
        """What the function gives for this session and conversation. Who may not have it is sent away."""
        try:
            return await database_sync_to_async(function)(self.session, self.conversation, *arguments)
        except visitors.SignedOut:
            code = NOT_SIGNED_IN
        except limits.TooManySockets:
            code = TOO_FAST
        except (Conversation.DoesNotExist, Participant.DoesNotExist):
            stands = self.place and await database_sync_to_async(acting.is_there)(self.conversation)
            code = NO_LONGER_A_MEMBER if stands else NOT_FOUND
        await self._send_away(code)

    async def _send_away(self, code: int) -> NoReturn:
        """Closes the socket, and ends here: nothing more that it said is read."""
        await self.close(code)
        raise StopConsumer

    async def _tell(self, frame: events.Frame) -> None:
        with translation.override(self.language):
            text = orjson.dumps(told(frame, self.operator)).decode()
        await self.send(text)


class NowhereConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # untyped
    """An address where nothing is."""

    async def connect(self) -> None:
        await self.accept()
        await self.close(NOT_FOUND)
        raise StopConsumer
