"""Whom the character speaks with in a scene, and what a provider is told of him."""

from __future__ import annotations

from characters.models import Persona
from roleplay.conversations.models import Participant
from roleplay.turns.scenes import load
from tests.cast import make_conversation
from tests.turns.steps import answered, claimed


def test_the_persona_is_that_of_whoever_spoke_last(ada, ben, conversation):
    Persona.objects.filter(user=ben).update(name="Captain", description="Sails {{char}}.")
    persona = Persona.objects.get(user=ben)
    Participant.objects.create(conversation=conversation, user=ben, persona=persona)
    answered(ada, conversation)

    loaded = load(claimed(ben, conversation))

    assert (loaded.scene.persona.name, loaded.scene.persona.description) == ("Captain", "Sails {{char}}.")
    assert [line.name for line in loaded.scene.lines if line.role == "user"] == ["ada", "Captain"]


def test_a_user_is_told_to_the_provider_by_a_stable_name_that_tells_nothing(ada, ben, mira):
    users = [load(claimed(user, make_conversation(user, mira))).user for user in (ada, ada, ben)]

    assert users[0] == users[1] != users[2]
    assert len(users[0]) == 32 and int(users[0], 16)


def test_a_deleted_persona_leaves_the_users_name(ada, conversation):
    claim = claimed(ada, conversation)
    Persona.objects.all().delete()

    assert load(claim).scene.persona.name == "ada"
