"""Publishing, and what was published: compared at the desk, and made the character again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from characters.models import Character, Lorebook
from characters.restoring import restored
from characters.versions import definition_of, keep_as_draft, publish
from roleplay.turns.service import start_conversation
from tests.cast import make_user
from tests.desk.pages import change_page, written


def post(desk: Client, mira: Character, button: str, **fields: object) -> Character:
    answer = desk.post(change_page(mira), {**written(**fields), button: "x"})
    assert answer.status_code == 302
    mira.refresh_from_db()
    return mira


def greeted(mira: Character, reader: str) -> str:
    """What a new reader's conversation begins with."""
    head = start_conversation(make_user(reader), mira).head
    assert head
    return head.text


def versions_page(mira: Character, number: int | None = None) -> str:
    beside = f"{number}/" if number else ""
    return f"/admin/characters/character/{mira.pk}/versions/{beside}"


def test_each_publish_is_a_version_with_its_author_and_note(desk, mira):
    post(desk, mira, "_publish", description="One.", what_changed="Her first words")
    post(desk, mira, "_publish", description="Two.")

    first, second = mira.versions.all()
    assert (first.number, first.note, first.author.username) == (1, "Her first words", "olga")
    assert (second.number, second.note, second.definition["description"]) == (2, "", "Two.")
    page = desk.get(versions_page(mira)).text
    assert "Her first words" in page and "olga" in page


def test_what_is_published_as_it_was_is_no_new_version(desk, mira):
    post(desk, mira, "_publish", description="One.")
    post(desk, mira, "_publish", description="One.")

    assert mira.versions.count() == 1


def test_what_is_only_saved_is_a_draft_that_readers_do_not_get(desk, mira):
    post(desk, mira, "_publish", description="One.", visibility="public", greetings=[{"text": "Hello."}])
    greeting = mira.greetings.get()
    row = {"id": greeting.pk, "text": "Go away.", "position": 1}
    post(desk, mira, "_continue", description="Two.", visibility="public", greetings=[row])

    assert mira.unpublished
    assert "This is a draft. Readers have version 1" in desk.get(change_page(mira)).text
    assert greeted(mira, "ben") == "Hello."
    assert "Hello." in (page := Client().get("/characters/mira/").content.decode()) and "Go away." not in page
    post(desk, mira, "_publish", description="Two.", visibility="public", greetings=[row])
    assert not mira.unpublished
    assert greeted(mira, "cleo") == "Go away."


def test_two_versions_are_compared(desk, mira):
    post(desk, mira, "_publish", description="She draws maps of a river.")
    post(desk, mira, "_publish", description="She draws maps of a coast.")
    post(desk, mira, "_continue", description="She burns maps.")

    beside_before = desk.get(versions_page(mira, 2)).text
    beside_now = desk.get(versions_page(mira, 2) + "?with=now").text

    assert "river" in beside_before and "coast" in beside_before and "burns" not in beside_before
    assert "coast" in beside_now and "burns" in beside_now and "river" not in beside_now
    assert "nothing to compare it with" in desk.get(versions_page(mira, 1)).text


@pytest.mark.parametrize("page", ["9/", "1/?with=9", "9/restore/"])
def test_what_there_is_not_is_not_found(desk, mira, page):
    publish(mira, None)
    address = versions_page(mira) + page

    assert (desk.post(address) if "restore" in page else desk.get(address)).status_code == 404


def test_a_restored_version_is_the_newest_and_a_draft_is_kept(desk, mira):
    post(desk, mira, "_publish", description="One.", never_says="okay\nyes")
    mira.situations.create(when="it rains", then="she waits.")
    post(desk, mira, "_publish", description="Two.")
    post(desk, mira, "_continue", description="Three.")

    desk.post(versions_page(mira, 1) + "restore/")

    mira.refresh_from_db()
    told = [(each.number, each.definition["description"], each.note) for each in mira.versions.all()]
    assert told == [
        (1, "One.", ""),
        (2, "Two.", ""),
        (3, "Three.", ""),
        (4, "One.", "As it was in version 1"),
    ]
    assert (mira.description, mira.never_says, mira.unpublished) == ("One.", "okay\nyes", False)
    assert [quote.text for quote in mira.quotes.all()] == ["one", "two", "three"]
    assert not mira.situations.exists()


def test_a_lorebook_that_was_changed_comes_back_as_another(mira, ada):
    book = Lorebook.objects.create(title="World", owner=ada)
    entry = book.entries.create(content="The river moved.", keys=["river"])
    mira.lorebooks.add(book)
    version = publish(mira, ada)
    entry.content = "It never moved."
    entry.save()
    publish(mira, ada)

    restored(mira, version, ada)

    again = mira.lorebooks.get()
    assert again != book
    assert again.entries.get().content == "The river moved."
    assert book.entries.get().content == "It never moved."
    assert definition_of(mira)["lorebooks"][0]["title"] == "World"


def test_what_others_can_meet_has_a_version_from_the_start(desk, mira):
    post(desk, mira, "_continue", description="One.", visibility="public")
    post(desk, mira, "_continue", description="Two.", visibility="public")

    assert [version.definition["description"] for version in mira.versions.all()] == ["One."]
    assert mira.unpublished


def test_of_a_draft_readers_see_nothing_anywhere(desk, mira):
    post(desk, mira, "_publish", visibility="public", tagline="Draws rivers", tags="slow")
    post(desk, mira, "_continue", name="Spoiled", visibility="public", tagline="Burns them", tags="spoiled")
    reader = Client()

    pages = [reader.get(page).content.decode() for page in ("/", "/characters/mira/", "/?q=spoiled")]

    assert [word for word in ("Spoiled", "Burns them", "spoiled</") for page in pages if word in page] == []
    assert "Draws rivers" in pages[0] and "Draws rivers" in pages[1]
    assert "Draws rivers" in reader.get("/?q=rivers").content.decode()
    assert "Burns them" in desk.get("/?mine=1").content.decode() or mira.owner is None


def test_a_changed_lorebook_is_for_readers_when_it_is_published(desk, mira, ada):
    book = Lorebook.objects.create(title="World", owner=None)
    entry = book.entries.create(content="The river moved.", constant=True)
    mira.lorebooks.add(book)
    publish(mira, ada)
    entry.content = "It never moved."
    entry.save()

    member = start_conversation(ada, mira).cast.get()

    assert member.version.definition["lorebooks"][0]["entries"][0]["content"] == "The river moved."
    publish(mira, ada)
    member = start_conversation(ada, mira).cast.get()
    assert member.version.definition["lorebooks"][0]["entries"][0]["content"] == "It never moved."


def test_what_an_author_tried_himself_is_not_what_readers_get(desk, mira):
    start_conversation(User.objects.get(username="olga"), mira)
    post(desk, mira, "_continue", description="Better.", visibility="public")

    member = start_conversation(make_user("ben"), mira).cast.get()

    assert member.version.definition["description"] == "Better."
    assert [version.author and version.author.username for version in mira.versions.all()] == [None, "olga"]


def test_a_version_that_lacks_what_is_new_says_the_same(mira, ada):
    version = publish(mira, ada)
    for key in ("tagline", "creator", "when_cut"):
        del version.definition[key]
    version.save()
    mira.refresh_from_db()

    keep_as_draft(mira)

    assert not mira.unpublished
    assert publish(mira, ada) == version


def test_a_restored_version_does_not_bring_back_what_was_taken_down(mira, ada):
    version, stale = publish(mira, ada), Character.objects.get(pk=mira.pk)
    Character.objects.filter(pk=mira.pk).update(taken_down="A reason.", visibility="private")
    stale.visibility = "public"

    restored(stale, version, ada)

    mira.refresh_from_db()
    assert (mira.visibility, mira.taken_down) == ("private", "A reason.")


def test_restoring_asks_first(desk, mira, ada):
    publish(mira, ada)

    page = desk.get(versions_page(mira, 1) + "restore/").text

    assert "for readers at once" in page
    assert mira.versions.count() == 1
