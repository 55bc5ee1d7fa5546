"""The user's next line is drafted for him alone: no message, and nothing that a reply waits for."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from characters.personas import default_persona
from roleplay.conversations import pages
from roleplay.conversations.models import Conversation, Participant, Turn
from roleplay.turns import impersonation, scenes, service
from roleplay.turns.claims import Claim
from roleplay.turns.done import CommandRefused, Done
from tests.turns.steps import NOW, answered, claim_due, finish, path, say, turn_of


def begin(user: User, conversation: Conversation, client_id: str = "draft-it-1") -> Done:
    return impersonation.begin(user, conversation.pk, client_id=client_id)


def drafting(user: User, conversation: Conversation, client_id: str = "draft-it-1") -> Claim:
    begin(user, conversation, client_id)
    (claim,) = claim_due(NOW)
    return claim


def test_it_changes_nothing_of_the_conversation(ada: User, conversation: Conversation):
    before = path(conversation), conversation.revision

    claim = drafting(ada, conversation)
    told = finish(claim, text="Tell me more.", reason="stop")

    assert (path(conversation), conversation.revision) == before
    assert told == (
        {
            "type": "impersonation.finished",
            "turn": str(claim.turn),
            "text": "Tell me more.",
            "reason": "stop",
        },
    )
    assert (claim.message, claim.after, claim.user) == (None, conversation.head_id, ada.pk)


def test_it_is_told_to_its_user_alone(ada: User, conversation: Conversation):
    done = begin(ada, conversation)

    turn = Turn.objects.get()
    assert done.own == {"type": "impersonation.begun", "turn": str(turn.pk), "client_id": "draft-it-1"}
    assert (done.others, done.all, done.only, done.wake) == ((), (), ada.pk, True)


def test_the_same_asked_twice_is_one(ada: User, conversation: Conversation):
    assert begin(ada, conversation).own == begin(ada, conversation).own
    assert Turn.objects.count() == 1


def test_a_second_one_ends_the_first_and_is_told_of_it(ada: User, conversation: Conversation):
    first = drafting(ada, conversation)
    Turn.objects.update(text="Tell me more.")

    done = begin(ada, conversation, "draft-it-2")
    (second,) = claim_due(NOW)

    assert [frame["type"] for frame in done.all] == ["impersonation.finished"]
    assert (turn_of(first).state, turn_of(first).text) == ("stopped", "Tell me more.")
    assert scenes.load(second).scene.drafted == ("Tell me more.",)


def test_what_was_drafted_for_another_place_is_not_told(ada: User, conversation: Conversation):
    finish(drafting(ada, conversation), text="Tell me more.", reason="stop")
    answered(ada, conversation)

    assert scenes.load(drafting(ada, conversation, "draft-it-2")).scene.drafted == ()


def test_its_scene_is_the_one_of_the_next_message(ada: User, conversation: Conversation):
    persona = default_persona(ada)
    persona.name, persona.description = "Ada", "A surveyor."
    persona.save()
    answered(ada, conversation, "The river rose.")

    scene = scenes.load(drafting(ada, conversation)).scene

    assert [line.text for line in scene.lines][1:] == ["The river rose.", "A reply."]
    assert (scene.persona.name, scene.persona.description) == ("Ada", "A surveyor.")
    assert (scene.impersonates, scene.reinforced) == (True, False)


def test_while_a_reply_is_open_it_is_refused(ada: User, conversation: Conversation):
    say(ada, conversation)

    with pytest.raises(CommandRefused, match="busy"):
        begin(ada, conversation)


def test_who_writes_meanwhile_is_answered(ada: User, conversation: Conversation):
    drafting(ada, conversation)

    done = say(ada, conversation, "Never mind.")

    assert done.wake
    assert len(claim_due(NOW)) == 1


def test_a_stop_keeps_the_text_so_far(ada: User, conversation: Conversation):
    claim = drafting(ada, conversation)
    Turn.objects.update(text="Tell me")

    done = impersonation.stop(ada, conversation.pk)

    assert done.all[0]["text"] == "Tell me"
    assert (turn_of(claim).state, done.only) == ("stopped", ada.pk)
    assert impersonation.stop(ada, conversation.pk) == Done()
    assert service.stop(ada, conversation.pk) == Done()


def test_who_comes_back_is_told_where_it_is(ada: User, ben: User, conversation: Conversation):
    Participant.objects.create(conversation=conversation, user=ben)
    claim = drafting(ada, conversation)
    Turn.objects.update(text="Tell me")

    assert pages.impersonation(conversation, ada.pk) == {
        "turn": str(claim.turn),
        "generation": 1,
        "text": "Tell me",
        "place": None,
        "sentence": "",
        "ended": False,
    }
    assert pages.impersonation(conversation, ben.pk) is None


def test_each_in_a_room_has_one_of_his_own(ada: User, ben: User, conversation: Conversation):
    Participant.objects.create(conversation=conversation, user=ben)

    begin(ada, conversation)
    begin(ben, conversation)

    assert Turn.objects.open().count() == 2


def test_ben_cannot_ask_for_one_in_adas_conversation(ben: User, conversation: Conversation):
    with pytest.raises(Conversation.DoesNotExist):
        begin(ben, conversation)
    with pytest.raises(Conversation.DoesNotExist):
        impersonation.stop(ben, conversation.pk)
