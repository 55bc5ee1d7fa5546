"""A reply that breaks its character is marked, and the next one is told again who it is."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from characters.models import Character
from roleplay.conversations.models import Conversation, Message, Turn
from roleplay.turns import changes, service
from tests.cast import make_conversation
from tests.turns.steps import NOW, answered, claim_due, finish, say

BROKEN = "As an AI language model, I cannot see the river."


def broken(user: User, conversation: Conversation) -> Message:
    return answered(user, conversation, text=BROKEN, reason="stop")


def test_a_break_is_marked_and_told(ada: User, conversation: Conversation):
    say(ada, conversation)
    [claim] = claim_due(NOW)
    [frame] = finish(claim, text=BROKEN, reason="stop")

    assert frame["message"]["drifted"]
    assert Turn.objects.get().breaks == [["machine", "As an AI"]]


def test_the_next_reply_is_reinforced_and_the_one_after_it_is_not(ada: User, conversation: Conversation):
    broken(ada, conversation)

    replies = [answered(ada, conversation) for _ in range(2)]

    assert [reply.reinforced for reply in replies] == ["drift", ""]


def test_what_is_due_is_due_whatever_was_before(ada: User, conversation: Conversation):
    conversation.reinforce_every = 2
    conversation.save()
    broken(ada, conversation)

    assert answered(ada, conversation).reinforced == "schedule"


def test_with_no_schedule_it_comes_after_a_break_alone(ada: User, conversation: Conversation):
    conversation.reinforce_every = 0
    conversation.save()
    before = answered(ada, conversation)
    broken(ada, conversation)

    assert (before.reinforced, answered(ada, conversation).reinforced) == ("", "drift")


def test_who_writes_several_times_is_answered_with_it_too(ada: User, conversation: Conversation):
    broken(ada, conversation)
    say(ada, conversation, "Hello?")
    say(ada, conversation, "Are you there?")
    service.stop(ada, conversation.pk)

    assert conversation.messages.order_by("-depth")[0].reinforced == "drift"


def test_another_branch_does_not_hear_of_it(ada: User, conversation: Conversation):
    reply = broken(ada, conversation)
    service.retry(ada, conversation.pk, client_id="retry-it", message_id=reply.pk)
    [claim] = claim_due(NOW)
    finish(claim, text="The river moved again.", reason="stop")

    assert answered(ada, conversation).reinforced == ""


def test_an_edit_mends_it_and_may_break_it(ada: User, conversation: Conversation):
    reply = broken(ada, conversation)

    for number, (text, drifted) in enumerate((("The river moved.", False), (BROKEN, True))):
        changes.edit(ada, conversation.pk, client_id=f"edit-it-{number}", message_id=reply.pk, text=text)
        reply.refresh_from_db()
        assert reply.drifted == drifted


@pytest.mark.parametrize(
    ("field", "value", "text", "check"),
    [
        ("never_says", "okay\n\n  sorry ", "“Sorry,” she says.", "never_says"),
        ("keeps_language", True, "她把地图收起来，一句话也不肯再说，只是望着窗外的雨下个不停。", "language"),
        ("most_words", 3, "She says four words.", "length"),
        ("may_be_machine", True, BROKEN, ""),
    ],
)
def test_an_author_says_what_holds(
    field: str, value: object, text: str, check: str, ada: User, mira: Character
):
    setattr(mira, field, value)
    mira.save()

    answered(ada, make_conversation(ada, mira), text=text, reason="stop")

    assert [name for name, _ in Turn.objects.get().breaks] == [check] * bool(check)


def test_versions_from_before_there_were_checks_are_judged_by_the_built_in_ones(
    ada: User, conversation: Conversation
):
    version = conversation.cast.get().version
    for key in ("never_says", "keeps_language", "most_words", "may_be_machine"):
        del version.definition[key]
    version.save()

    assert broken(ada, conversation).drifted
