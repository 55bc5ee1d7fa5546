"""Frames that are malformed, too large or unknown get an answer, and the socket's process lives."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation, Message
from tests.conftest import Open

BAD_FRAME = 4400
ID = "a-client-id"

ANSWERED: list[tuple[dict[str, Any], str]] = [
    ({"type": "message.launch"}, "unknown_type"),
    ({"type": 7}, "unknown_type"),
    ({}, "unknown_type"),
    ({"type": "message.send", "text": "No id."}, "bad_client_id"),
    ({"type": "message.send", "client_id": "short", "text": "Hello"}, "bad_client_id"),
    ({"type": "message.send", "client_id": ID}, "bad_text"),
    ({"type": "message.send", "client_id": ID, "text": ["Hello"]}, "bad_text"),
    ({"type": "message.send", "client_id": ID, "text": " \n\t"}, "empty"),
    ({"type": "message.send", "client_id": ID, "text": "长" * 16_001}, "too_long"),
    ({"type": "turn.retry", "client_id": ID, "message": "the last one"}, "no_such_message"),
    ({"type": "turn.retry", "client_id": ID, "message": str(uuid4())}, "cannot_retry"),
    ({"type": "resume", "revision": -1}, "bad_revision"),
    ({"type": "resume", "revision": True}, "bad_revision"),
    ({"type": "resume"}, "bad_revision"),
]


@pytest.mark.parametrize(("frame", "code"), ANSWERED, ids=lambda value: str(value)[:40])
async def test_what_cannot_be_done_is_answered_with_a_sentence(
    frame: dict[str, Any], code: str, conversation: Conversation, ada: User, open_socket: Open
):
    socket = await open_socket(conversation, ada)

    await socket.say(**{"type": None, **frame})
    answer = await socket.next()

    assert (answer["type"], answer["code"]) == ("error", code)
    assert answer["sentence"].endswith(".")
    assert answer["client_id"] == (frame.get("client_id") if code != "bad_client_id" else None)
    assert await Message.objects.acount() == 1
    await socket.say("ping")
    assert (await socket.next())["type"] == "pong"


@pytest.mark.parametrize("text", ["hello", "[1, 2]", '"text"', "{", "null", "[" * 50_000])
async def test_what_is_no_object_closes_the_socket(
    text: str, conversation: Conversation, ada: User, open_socket: Open
):
    socket = await open_socket(conversation, ada)

    await socket.say_raw(text=text)

    assert await socket.close_code() == BAD_FRAME


async def test_bytes_close_the_socket(conversation: Conversation, ada: User, open_socket: Open):
    socket = await open_socket(conversation, ada)

    await socket.say_raw(data=b"\x00\x01")

    assert await socket.close_code() == BAD_FRAME


async def test_a_retry_while_a_reply_is_open_is_refused(
    conversation: Conversation, ada: User, open_socket: Open
):
    socket = await open_socket(conversation, ada)
    await socket.send("Hello?")  # and no engine runs
    await socket.until("message.saved")
    reply = (await socket.until("message.saved"))["message"]

    await socket.say("turn.retry", client_id=ID, message=reply["id"])

    assert (await socket.until("error"))["code"] == "busy"


async def test_sentences_come_in_the_readers_language(
    conversation: Conversation, ada: User, open_socket: Open
):
    socket = await open_socket(conversation, ada, language="zh-CN,zh;q=0.9")

    await socket.say("message.launch")
    answer = await socket.next()

    assert any("\u4e00" <= character <= "\u9fff" for character in answer["sentence"])


async def test_text_is_kept_as_it_was_written(conversation: Conversation, ada: User, open_socket: Open):
    written = "  **Two**\n\n\tlines \u200f👩‍👩‍👧 e\u0301 \x07 and a NUL: \0 and half: \ud83d.  "
    socket = await open_socket(conversation, ada)

    await socket.send(written)
    saved = (await socket.until("message.saved"))["message"]

    assert saved["text"] == written.replace("\0", "").replace("\ud83d", "\ufffd")
    assert (await Message.objects.aget(pk=saved["id"])).text == saved["text"]
