"""What can go wrong with a model, as a reader sees it: one sentence, a way on, and nothing that was written is lost."""

from __future__ import annotations

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth.models import User

from roleplay.conversations.models import Conversation, Message, Turn
from roleplay.providers import errors
from roleplay.turns.engine import Engine
from roleplay.turns.runner import MOST_TRIES
from tests import behaviours
from tests.conftest import Open, make_engine
from tests.endpoint import Endpoint

pytestmark = pytest.mark.once

OVER_THE_CONTEXT = "Invalid request: Your request exceeded model token limit: 262144"

REFUSED = [
    (400, "invalid_request_error", errors.InvalidRequest),
    (401, "invalid_authentication_error", errors.WrongKey),
    (403, "permission_denied_error", errors.Forbidden),
    (404, "resource_not_found_error", errors.UnknownModel),
    (429, "exceeded_current_quota_error", errors.QuotaExhausted),
]
PASSING = [
    (429, "engine_overloaded_error", errors.Overloaded),
    (429, "rate_limit_reached_error", errors.RateLimited),
    (500, "server_error", errors.ServerFailed),
    (503, "unavailable", errors.ServerFailed),
]


@pytest.mark.parametrize(("status", "type", "error"), REFUSED, ids=lambda value: str(value))
async def test_what_cannot_be_mended_by_trying_is_said_at_once(
    status: int,
    type: str,
    error: type[errors.ProviderError],
    conversation: Conversation,
    ada: User,
    engine: Engine,
    endpoint: Endpoint,
    open_socket: Open,
):
    endpoint.fail(status, type)
    socket = await open_socket(conversation, ada)

    await socket.send("Are you there?")
    failed = await socket.until("turn.failed")

    assert len(endpoint.requests) == 1
    assert failed["code"] == error.code
    assert failed["sentence"] == str(error.sentence)
    assert failed["actions"] == ["retry"]
    assert failed["message"]["state"] == "failed"


@pytest.mark.parametrize(("status", "type", "error"), PASSING, ids=lambda value: str(value))
async def test_what_passes_is_tried_again_until_it_is_too_much(
    status: int,
    type: str,
    error: type[errors.ProviderError],
    conversation: Conversation,
    ada: User,
    engine: Engine,
    endpoint: Endpoint,
    open_socket: Open,
):
    endpoint.script = lambda body: behaviours.fail(status, type)
    socket = await open_socket(conversation, ada)

    await socket.send("Are you there?")
    failed = await socket.until("turn.failed")

    assert len(endpoint.requests) == MOST_TRIES
    assert failed["code"] == error.code
    assert failed["sentence"] == str(error.sentence)
    assert failed["actions"] == ["retry"]
    assert failed["message"]["state"] == "failed"


@pytest.mark.parametrize(
    "broken",
    [
        lambda: behaviours.drop("Half one"),
        lambda: behaviours.end_without_finish("Half one"),
        lambda: behaviours.fail_midway("Half one", type="engine_overloaded_error"),
        lambda: behaviours.say("Half one", behaviours.MALFORMED),
    ],
    ids=["dropped", "no finish reason", "error event", "malformed"],
)
async def test_a_stream_that_breaks_is_resumed_from_the_saved_text(
    broken, conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.queue(broken())
    endpoint.say(" sentence, and the rest.")
    socket = await open_socket(conversation, ada)

    await socket.send("Say something whole.")
    finished = await socket.until("reply.finished")

    assert finished["message"]["text"] == "Half one sentence, and the rest."
    assert [body["messages"][-1]["content"] for body in endpoint.requests] == ["", "Half one"]
    assert [body["messages"][-1]["name"] for body in endpoint.requests] == ["Mira", "Mira"]


async def test_a_reply_that_keeps_breaking_off_keeps_its_text(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.drop("As far as this")
    endpoint.script = lambda body: behaviours.drop()
    socket = await open_socket(conversation, ada)

    await socket.send("Go on.")
    failed = await socket.until("turn.failed")

    assert failed["message"]["state"] == "interrupted"
    assert failed["message"]["text"] == "As far as this"
    assert failed["sentence"] == str(errors.BrokenStream.sentence)
    assert failed["actions"] == ["retry", "continue"]


async def test_silence_ends_in_a_sentence(
    transactional_db: None, conversation: Conversation, ada: User, endpoint: Endpoint, open_socket: Open
):
    engine = make_engine(endpoint, first_delta_within=0.05, next_delta_within=0.05)
    endpoint.script = lambda body: behaviours.say(behaviours.KEEP_ALIVE, endpoint.silence())
    await engine.start()
    socket = await open_socket(conversation, ada)

    await socket.send("Are you there?")
    failed = await socket.until("turn.failed")

    await engine.stop()
    assert failed["code"] == "silence"


async def test_a_refused_message_stays_and_is_left_out_of_later_prompts(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.fail(400, "content_filter")
    socket = await open_socket(conversation, ada)
    await socket.send("Something foul.")
    failed = await socket.until("turn.failed")
    refused = await socket.until("message.saved")

    await socket.send("Something fair.")
    await socket.until("reply.finished")

    assert failed["message"]["state"] == "refused"
    assert failed["actions"] == []
    assert refused["message"]["text"] == "Something foul."
    assert refused["message"]["state"] == "refused"
    said = [message["content"] for message in endpoint.requests[-1]["messages"]]
    assert "Something fair." in said
    assert "Something foul." not in said


async def test_a_prompt_over_the_context_is_trimmed_once(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.fail(400, "invalid_request_error", OVER_THE_CONTEXT)
    endpoint.fail(400, "invalid_request_error", OVER_THE_CONTEXT)
    socket = await open_socket(conversation, ada)

    await socket.send("Hello?")
    failed = await socket.until("turn.failed")

    assert len(endpoint.requests) == 2
    assert failed["code"] == errors.TooLong.code
    assert failed["sentence"] == str(errors.TooLong.sentence)
    assert failed["actions"] == ["retry"]


async def test_an_operator_is_told_what_to_mend(
    transactional_db: None, mira, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    from tests.cast import make_conversation, make_user

    def set_up() -> tuple[User, Conversation]:
        operator = make_user("operator", is_staff=True)
        return operator, make_conversation(operator, mira)

    operator, conversation = await database_sync_to_async(set_up)()
    endpoint.fail(401, "invalid_authentication_error")
    socket = await open_socket(conversation, operator)

    await socket.send("Are you there?")
    failed = await socket.until("turn.failed")

    assert failed["sentence"] == str(errors.WrongKey.operator_sentence)


async def test_a_failed_reply_is_asked_anew(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.fail(401, "invalid_authentication_error")
    endpoint.say("Here I am.")
    socket = await open_socket(conversation, ada)
    await socket.send("Are you there?")
    failed = await socket.until("turn.failed")

    await socket.say("turn.retry", client_id="retry-once", message=failed["message"]["id"])
    saved = await socket.until("message.saved")
    finished = await socket.until("reply.finished")

    assert saved["client_id"] == "retry-once"
    assert finished["message"]["text"] == "Here I am."
    assert finished["message"]["parent"] == failed["message"]["parent"]
    assert finished["message"]["alternatives"]["index"] == 1
    assert finished["head"] == finished["message"]["id"]


async def test_an_empty_reply_says_so(
    conversation: Conversation, ada: User, engine: Engine, endpoint: Endpoint, open_socket: Open
):
    endpoint.script = lambda body: behaviours.say("  \n")
    socket = await open_socket(conversation, ada)

    await socket.send("Well?")
    failed = await socket.until("turn.failed")

    assert failed["code"] == "empty_reply"
    assert failed["sentence"] == str(errors.EmptyReply.sentence)
    assert failed["actions"] == ["retry"]
    assert await Message.objects.filter(text="Well?").aexists()
    assert not await Turn.objects.open().aexists()
