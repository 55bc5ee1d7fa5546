"""What was said is changed, taken away and brought back; whatever it was, it is still there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from characters.models import Character
from roleplay.conversations.models import Conversation, Message, MessageState
from roleplay.turns import changes, scenes, service
from roleplay.turns.done import CommandRefused, Done
from tests.cast import make_conversation
from tests.turns.steps import answered, claimed, finish, path, say


@pytest.fixture
def first(ada: User, conversation: Conversation) -> Message:
    return answered(ada, conversation, "One?", text="One.", reason="stop")


@pytest.fixture
def second(ada: User, conversation: Conversation, first: Message) -> Message:
    return answered(ada, conversation, "Two?", text="Two.", reason="stop")


def edit(user: User, message: Message, text: str, client_id: str = "", *, anew: bool = False) -> Done:
    act = changes.edit_anew if anew else changes.edit
    return act(
        user, message.conversation_id, client_id=client_id or str(uuid4()), message_id=message.pk, text=text
    )


def delete(user: User, message: Message, *, from_here: bool = False) -> Done:
    return changes.delete(user, message.conversation_id, message_id=message.pk, from_here=from_here)


def restore(user: User, message: Message) -> Done:
    return changes.restore(user, message.conversation_id, message_id=message.pk)


def texts(conversation: Conversation) -> list[str]:
    return [text for _, text, _ in path(conversation)][1:]


def told_to_the_model(user: User, conversation: Conversation) -> list[str]:
    """What the next prompt has of what was said."""
    claim = claimed(user, conversation, "And?")
    lines = [line.text for line in scenes.load(claim).scene.lines[1:-1] if line.text]
    finish(claim, text="So.", reason="stop")
    return lines


def test_a_message_gets_another_text_and_keeps_the_one_it_had(
    ada: User, conversation: Conversation, first: Message, second: Message
):
    done = edit(ada, first, "Other.", "edit-it-1")
    again = edit(ada, first, "Other.", "edit-it-1")

    assert texts(conversation) == ["One?", "Other.", "Two?", "Two."]
    assert done.own and again.own
    assert done.own["message"] == again.own["message"]
    assert (done.own["client_id"], done.own["message"]["edited"]) == ("edit-it-1", 1)
    assert [frame["head"] for frame in done.others] == [str(second.pk)]
    assert [edit.text for edit in first.edits.all()] == ["One."]
    assert told_to_the_model(ada, conversation) == ["One?", "Other.", "Two?", "Two."]


def test_the_same_text_is_no_change(ada: User, conversation: Conversation, first: Message):
    conversation.refresh_from_db()
    edit(ada, first, "One.")
    assert (first.edits.count(), Conversation.objects.get().revision) == (0, conversation.revision)


def test_what_broke_off_is_whole_once_somebody_wrote_it(ada: User, conversation: Conversation):
    broken = answered(ada, conversation, text="Half", error="silence")

    edit(ada, broken, "Half, and the rest.")

    assert path(conversation)[-1] == ("assistant", "Half, and the rest.", "finished")


def test_another_question_in_its_place_leaves_what_followed_on_its_branch(
    ada: User, conversation: Conversation, first: Message, second: Message
):
    question = first.parent
    assert question
    done = edit(ada, question, "Something else?", "edit-anew", anew=True)
    again = edit(ada, question, "Something else?", "edit-anew", anew=True)

    assert texts(conversation) == ["Something else?", ""]
    assert done.wake and done.own and again.own and done.own["message"]["id"] == again.own["message"]["id"]
    assert done.own["message"]["alternatives"]["index"] == 1
    service.stop(ada, conversation.pk)
    service.select(ada, conversation.pk, message_id=question.pk)
    assert texts(conversation) == ["One?", "One.", "Two?", "Two."]


def test_a_deleted_message_keeps_its_place_and_the_model_is_not_told_of_it(
    ada: User, conversation: Conversation, first: Message, second: Message
):
    [frame] = delete(ada, first).all

    assert (frame["message"]["state"], frame["message"]["text"]) == ("deleted", "")
    assert told_to_the_model(ada, conversation) == ["One?", "Two?", "Two."]
    assert delete(ada, first) == Done()
    [frame] = restore(ada, first).all
    assert (frame["message"]["state"], frame["message"]["text"]) == ("finished", "One.")
    assert restore(ada, first) == Done()


def test_all_from_a_message_on_goes_and_comes_back(
    ada: User, conversation: Conversation, first: Message, second: Message
):
    conversation.refresh_from_db()
    before = conversation.revision
    [frame] = delete(ada, first, from_here=True).all

    assert texts(conversation) == ["One?"]
    assert (frame["type"], frame["kept"], frame["revision"]) == (
        "head.moved",
        str(first.parent_id),
        before + 1,
    )
    [frame] = restore(ada, first).all
    assert texts(conversation) == ["One?", "One.", "Two?", "Two."]
    assert (frame["head"], frame["kept"]) == (str(second.pk), str(first.parent_id))


def test_what_is_deleted_from_here_is_no_alternative_until_it_comes_back(
    ada: User, conversation: Conversation, first: Message, second: Message
):
    delete(ada, first.parent, from_here=True)  # type: ignore[arg-type]  # it has one
    other = answered(ada, conversation, "Another?", text="Another.", reason="stop")
    said = other.parent
    assert said
    assert Message.objects.alternatives([said.parent_id]) == {said.parent_id: [said.pk]}

    restore(ada, first.parent)  # type: ignore[arg-type]

    assert texts(conversation) == ["One?", "One.", "Two?", "Two."]
    service.select(ada, conversation.pk, message_id=said.pk)
    assert texts(conversation) == ["Another?", "Another."]


def test_what_is_shown_as_deleted_is_told_when_it_comes_back(
    ada: User, conversation: Conversation, first: Message, second: Message
):
    delete(ada, first, from_here=True)
    service.select(
        ada, conversation.pk, message_id=second.pk
    )  # a page that was not told asks for what is gone

    [frame] = restore(ada, first).all

    assert (frame["type"], frame["message"]["state"], frame["message"]["text"]) == (
        "message.saved",
        "finished",
        "One.",
    )


def test_a_hidden_message_is_read_and_not_told(
    ada: User, conversation: Conversation, first: Message, second: Message
):
    for hidden, told in ((True, ["One.", "Two?", "Two."]), (False, None)):
        [frame] = changes.hide(ada, conversation.pk, message_id=first.parent_id or uuid4(), hidden=hidden).all
        assert (frame["message"]["hidden"], frame["message"]["text"]) == (hidden, "One?")
        if told:
            assert told_to_the_model(ada, conversation) == told


@pytest.mark.parametrize("state", [MessageState.PENDING, MessageState.STREAMING])
def test_a_reply_that_grows_is_not_changed(state: MessageState, ada: User, conversation: Conversation):
    say(ada, conversation)
    Message.objects.filter(turns__isnull=False).update(state=state)
    reply = Message.objects.get(turns__isnull=False)

    for act in (
        lambda: edit(ada, reply, "Mine."),
        lambda: delete(ada, reply),
        lambda: delete(ada, reply, from_here=True),
        lambda: changes.hide(ada, conversation.pk, message_id=reply.pk, hidden=True),
    ):
        with pytest.raises(CommandRefused, match="busy"):
            act()


def test_what_cannot_be_changed_is_refused_with_its_reason(
    ada: User, ben: User, conversation: Conversation, first: Message, second: Message, mira: Character
):
    elsewhere = answered(ben, make_conversation(ben, mira))
    service.retry(ada, conversation.pk, client_id="retry-it", message_id=first.pk)
    service.stop(ada, conversation.pk)
    greeting = conversation.messages.get(depth=0)

    def refused(act: Any, *args: Any, **options: Any) -> str:
        with pytest.raises(CommandRefused) as caught:
            act(ada, *args, **options)
        return caught.value.code

    assert refused(delete, second, from_here=True) == "elsewhere"
    assert refused(delete, greeting, from_here=True) == "beginning"
    assert refused(edit, second, "Mine.", anew=True) == "not_yours"
    elsewhere.conversation_id = conversation.pk
    assert refused(edit, elsewhere, "Mine.") == "no_such_message"
    assert refused(delete, elsewhere) == "no_such_message"
    assert refused(restore, elsewhere) == "no_such_message"
    delete(ada, first)
    assert refused(edit, first, "Mine.") == "no_such_message"


def test_ben_changes_nothing_of_adas(ben: User, conversation: Conversation, first: Message):
    before = path(conversation)
    for act in (
        lambda: edit(ben, first, "Mine."),
        lambda: edit(ben, first, "Mine.", anew=True),
        lambda: delete(ben, first),
        lambda: restore(ben, first),
        lambda: changes.hide(ben, conversation.pk, message_id=first.pk, hidden=True),
        lambda: service.go_on(ben, conversation.pk, client_id="go-on-now", message_id=first.pk),
    ):
        with pytest.raises(Conversation.DoesNotExist):
            act()
    assert path(conversation) == before
