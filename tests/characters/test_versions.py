"""What a conversation keeps of a character, and when that is a new version."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection

from characters.models import Character, CharacterVersion, Picture
from characters.versions import Definition, current_version, definition_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mira() -> Character:
    mira = Character.objects.create(
        slug="mira", name="Mira Lane", nickname="Mira", hue=210, reply_prefix="*She* ", reinforce_every=4
    )
    mira.quotes.create(position=2, text="Later.")
    mira.quotes.create(position=1, text="Now.")
    mira.situations.create(position=1, when="it rains", then="she opens the window")
    mira.greetings.create(position=1, text="“You are late.”")
    return mira


def test_a_definition_holds_every_key_in_the_authors_order(mira):
    mira.picture = Picture.objects.create(sha256="a" * 64, data=b"")

    definition = definition_of(mira)

    assert set(definition) == set(Definition.__annotations__)
    assert definition["quotes"] == ["Now.", "Later."]
    assert definition["situations"] == [["it rains", "she opens the window"]]
    assert definition["greetings"] == ["“You are late.”"]
    assert definition["picture"] == "a" * 64
    assert definition["reply_prefix"] == "*She* "


def test_a_character_without_a_picture_has_an_empty_name_for_it(mira):
    assert definition_of(mira)["picture"] == ""


def test_an_unchanged_character_keeps_its_version(mira):
    first = current_version(mira)
    mira.save()

    assert current_version(mira) == first
    assert first.number == 1
    assert first.definition == definition_of(mira)


@pytest.mark.parametrize(
    "change",
    [
        lambda mira: Character.objects.filter(pk=mira.pk).update(description="Taller now."),
        lambda mira: mira.quotes.create(position=3, text="Never."),
        lambda mira: mira.greetings.all().delete(),
        lambda mira: mira.situations.update(then="she sings"),
    ],
    ids=["a field", "one more quote", "no greeting", "a situation"],
)
def test_a_changed_character_gets_the_next_number_and_the_old_version_stays(mira, change):
    first = current_version(mira)
    kept = dict(first.definition)

    change(mira)
    second = current_version(mira)

    assert (first.number, second.number) == (1, 2)
    first.refresh_from_db()
    assert first.definition == kept


def test_who_may_meet_it_makes_no_version(mira):
    first = current_version(mira)

    Character.objects.filter(pk=mira.pk).update(visibility="public")

    assert current_version(mira) == first


def test_a_stale_character_in_hand_does_not_bring_an_old_definition_back(mira):
    stale = Character.objects.get(pk=mira.pk)
    Character.objects.filter(pk=mira.pk).update(description="Taller now.")

    assert current_version(stale).definition["description"] == "Taller now."


def test_a_deleted_character_leaves_its_versions(mira):
    version = current_version(mira)

    mira.delete()

    version.refresh_from_db()
    assert version.character is None
    assert version.definition["name"] == "Mira Lane"


@pytest.mark.django_db(transaction=True)
def test_callers_at_once_get_the_same_version(mira):
    together, got = Barrier(4), []

    def ask() -> None:
        try:
            together.wait(10)
            got.append(current_version(mira).number)
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert got == [1, 1, 1, 1]
    assert CharacterVersion.objects.count() == 1
