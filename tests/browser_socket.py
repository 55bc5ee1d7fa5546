"""A browser's end of the socket, against the real ASGI application."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore

from roleplay.asgi import application

PATIENCE = 10.0  # seconds that a frame may take

Frame = dict[str, Any]


def sign_in(user: User) -> str:
    """The key of a new session of the user."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    assert session.session_key
    return session.session_key


class BrowserSocket:
    """What a page would see. `shown` is the text of each reply as its frames made it."""

    def __init__(
        self, conversation: UUID, session: str = "", *, language: str = "en", origin: str = "http://localhost"
    ) -> None:
        self.shown: dict[str, str] = {}
        self.frames: list[Frame] = []
        self._communicator = WebsocketCommunicator(
            application,
            f"/ws/conversations/{conversation}/",
            headers=[
                (b"host", b"localhost"),
                (b"origin", origin.encode()),
                (b"cookie", f"sessionid={session}".encode()),
                (b"accept-language", language.encode()),
            ],
        )

    async def connect(self) -> bool:
        connected, _ = await self._communicator.connect(timeout=PATIENCE)
        return bool(connected)

    async def close(self) -> None:
        await self._communicator.disconnect()

    async def say(self, type: str, **keys: Any) -> None:
        await self._communicator.send_to(text_data=json.dumps({"type": type, **keys}))

    async def say_raw(self, text: str | None = None, data: bytes | None = None) -> None:
        await self._communicator.send_to(text_data=text, bytes_data=data)

    async def send(self, text: str, client_id: str | None = None) -> None:
        await self.say("message.send", client_id=client_id or str(uuid4()), text=text)

    async def next(self) -> Frame:
        frame: Frame = json.loads(await self._communicator.receive_from(timeout=PATIENCE))
        self.frames.append(frame)
        self._show(frame)
        return frame

    async def until(self, type: str) -> Frame:
        """The next frame of the type; those before it are taken in."""
        while (frame := await self.next())["type"] != type:
            pass
        return frame

    async def close_code(self) -> int:
        """The code with which the server closes the socket; frames before it are taken in."""
        while (event := await self._communicator.receive_output(timeout=PATIENCE))[
            "type"
        ] != "websocket.close":
            self.frames.append(json.loads(event["text"]))
        code: int = event["code"]
        return code

    def _show(self, frame: Frame) -> None:
        if frame["type"] in ("hello", "snapshot") and frame["open"]:
            self.shown[frame["open"]["message"]] = frame["open"]["text"]
        elif frame["type"] == "reply.delta":
            text = self.shown.setdefault(frame["message"], "")
            assert frame["offset"] <= len(text), "a gap in the text"
            self.shown[frame["message"]] = text[: frame["offset"]] + frame["text"]
        elif frame["type"] in ("message.saved", "reply.finished", "turn.failed"):
            message = frame["message"]
            assert message["text"].startswith(self.shown.get(message["id"], "")), "shown text was taken back"
            self.shown[message["id"]] = message["text"]
