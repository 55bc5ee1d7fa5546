"""Everybody has one default persona from the start, and chooses which of several it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from characters.models import Persona
from characters.personas import default_persona, make_default

User = get_user_model()


@pytest.mark.django_db
def test_a_new_user_has_a_default_persona_with_his_name():
    ada = User.objects.create_user("ada")

    persona = ada.personas.get()

    assert (persona.name, persona.default, persona.description) == ("ada", True, "")


@pytest.mark.django_db
def test_saving_a_user_again_makes_no_second_persona_and_keeps_the_first():
    ada = User.objects.create_user("ada")
    ada.personas.update(name="Juno")

    ada.username = "ada2"
    ada.save()

    assert default_persona(ada).name == "Juno"
    assert ada.personas.count() == 1


@pytest.mark.django_db
def test_a_long_username_is_cut_to_a_name_of_64_characters():
    ada = User.objects.create_user("a" * 150)

    assert default_persona(ada).name == "a" * 64


@pytest.mark.django_db
def test_other_personas_of_a_user_are_not_taken_for_the_default():
    ada = User.objects.create_user("ada")
    ada.personas.update(default=False)

    persona = default_persona(ada)

    assert persona.default
    assert ada.personas.count() == 2


@pytest.mark.django_db
def test_the_persona_of_another_cannot_become_the_default_one():
    ada, ben = User.objects.create_user("ada"), User.objects.create_user("ben")

    with pytest.raises(Persona.DoesNotExist):
        make_default(ada, ben.personas.get().pk)

    assert ada.personas.get().default


@pytest.mark.django_db(transaction=True)
def test_asking_at_once_makes_one_persona():
    ada = User.objects.create_user("ada")
    ada.personas.all().delete()

    got = at_once([lambda: default_persona(ada).pk] * 4)

    assert len(got) == 4
    assert set(got) == {Persona.objects.get(user=ada).pk}


@pytest.mark.django_db(transaction=True)
def test_choosing_at_once_leaves_one_default_persona():
    ada = User.objects.create_user("ada")
    others = [ada.personas.create(name=f"Number {number}").pk for number in range(4)]

    got = at_once([partial(make_default, ada, persona) for persona in others])

    assert len(got) == 4
    assert ada.personas.get(default=True).pk in others


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """What each of them came to."""
    together, got = Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        try:
            together.wait(10)
            got.append(act())
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got
