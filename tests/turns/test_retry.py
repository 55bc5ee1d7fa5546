"""Any reply is asked for anew, beside what there is of it; nothing else is."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from roleplay.conversations.models import Conversation, Message, Turn
from roleplay.turns import service
from roleplay.turns.done import CommandRefused
from tests.cast import make_conversation
from tests.turns.steps import NOW, answered, claim_due, path, say

FAILED: dict[str, Any] = {"gained": False, "error": "silence"}


def retry(user, conversation, message, client_id="retry-it"):
    return service.retry(user, conversation.pk, client_id=client_id, message_id=message.pk)


def test_ben_asks_for_nothing_in_adas_conversation(ada, ben, conversation):
    failed = answered(ada, conversation, **FAILED)
    before = path(conversation)

    with pytest.raises(Conversation.DoesNotExist):
        retry(ben, conversation, failed)

    assert path(conversation) == before


@pytest.mark.parametrize(
    "ending",
    [
        FAILED,
        {"text": "Half", "error": "silence"},
        {"text": "Half", "reason": "stopped"},
        {"text": "Whole.", "reason": "stop"},
    ],
)
def test_a_reply_can_be_asked_for_anew(ada, conversation, ending):  # fmt: skip
    failed = answered(ada, conversation, **ending)

    done = retry(ada, conversation, failed)
    again = retry(ada, conversation, failed)

    assert done.wake and done.own is not None and again.own is not None
    new = done.own["message"]
    assert new["parent"] == str(failed.parent_id)
    assert new["alternatives"] == {"index": 1, "ids": [str(failed.pk), new["id"]]}
    assert (done.own["client_id"], done.own["head"]) == ("retry-it", new["id"])
    assert again.own["message"]["id"] == new["id"]
    assert Message.objects.get(pk=new["id"]).reply_number == failed.reply_number
    assert [claim.kind for claim in claim_due(NOW)] == ["retry"]


def test_nothing_else_can_be_asked_for_anew(ada, conversation, mira):
    greeting = conversation.head
    refused_reply = answered(ada, conversation, gained=False, error="content_filter")
    elsewhere = answered(ada, make_conversation(ada, mira), **FAILED)

    for message in (greeting, refused_reply, refused_reply.parent, elsewhere, Message(pk=uuid4())):
        with pytest.raises(CommandRefused) as refused:
            retry(ada, conversation, message)
        assert refused.value.code == "cannot_retry"

    assert not Turn.objects.open().exists()


def test_a_retry_while_a_reply_is_open_is_refused_as_busy(ada, conversation):
    failed = answered(ada, conversation, **FAILED)
    say(ada, conversation)

    with pytest.raises(CommandRefused, match="busy"):
        retry(ada, conversation, failed)
