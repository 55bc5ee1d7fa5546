"""Authors write lorebooks at the desk: those of the site alone. What cannot be run is kept, and told."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from characters.models import Character, Lorebook, LoreEntry
from roleplay.forms import EntryForm
from tests.desk.pages import change_page, written
from tests.posting import as_shown

LIST = "/admin/characters/lorebook/"
SECRET = "The mill burnt down."


@pytest.fixture
def world(db: None) -> Lorebook:
    return Lorebook.objects.create(title="The world")


@pytest.fixture
def bens(db: None) -> Lorebook:
    book = User.objects.create_user("ben").lorebooks.create(title="Of Ben alone")
    book.entries.create(keys=["mill"], content=SECRET)
    return book


def page(book: Lorebook) -> str:
    return f"{LIST}{book.pk}/change/"


def posted(*entries: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """What a browser posts for a book and its entries."""
    kept = sum("id" in each for each in entries)
    post = {
        "title": "The world",
        "entries-TOTAL_FORMS": len(entries),
        "entries-INITIAL_FORMS": kept,
        **fields,
    }
    for number, entry in enumerate(entries):
        post |= {f"entries-{number}-{name}": value for name, value in as_shown(EntryForm(), **entry).items()}
    return post


def test_a_book_is_written_with_its_entries(desk):
    desk.post(
        f"{LIST}add/",
        posted({"keys": "dragon, /wyrms?/i", "content": " They\r\nsleep. "}, {}, everywhere="on", token_budget="300"),
    )  # fmt: skip

    book = Lorebook.objects.get()
    assert (book.owner, book.title, book.everywhere, book.token_budget) == (None, "The world", True, 300)
    entry = book.entries.get()
    assert (entry.keys, entry.content) == (["dragon", "/wyrms?/i"], " They\nsleep. ")
    assert (entry.enabled, entry.selective, entry.case_sensitive, entry.order) == (True, True, None, 100)


def test_a_pattern_that_cannot_be_run_is_kept_and_its_author_is_told(desk, world):
    answer = desk.post(
        page(world), posted({"title": "Wyrms", "keys": "/(?=a)b/\ndragon", "secondary_keys": "/(/"}), follow=True
    )  # fmt: skip

    assert world.entries.get().keys == ["/(?=a)b/", "dragon"]
    told = "Wyrms: The pattern /(?=a)b/ cannot be run: “invalid perl operator: (?=”."
    assert [str(message) for message in answer.context["messages"]][:2] == [
        told,
        "Wyrms: The pattern /(/ cannot be run: “missing ): (”.",
    ]
    assert told in desk.get(page(world)).text


def test_a_book_without_faults_says_nothing_of_any(desk, world):
    answer = desk.post(page(world), posted({"keys": "/dragons?/"}), follow=True)

    assert "cannot be run:" not in answer.text


def test_opening_a_book_and_saving_it_changes_nothing(desk, world):
    entry = world.entries.create(
        keys=["Rome, Italy", "x" * 300], content="{{char}}", also_scans=["persona"], whole_words=True
    )
    before = world.entries.values().get()
    shown = as_shown(EntryForm(instance=entry), id=entry.pk, whole_words="true")

    desk.post(page(world), posted(shown))

    assert world.entries.values().get() == before


def test_what_is_too_long_is_refused_at_its_field(desk, world):
    answer = desk.post(page(world), posted({"keys": "x" * 201}))

    (inline,) = answer.context["inline_admin_formsets"]
    assert inline.formset.errors == [{"keys": ["“xxxxxxxxxxxxxxxxxxxx…” is longer than 200 characters."]}]


@pytest.fixture
def long(world: Lorebook) -> Lorebook:
    """The world, with forty-five entries."""
    world.entries.bulk_create(LoreEntry(book=world, title=f"Entry {number}") for number in range(1, 46))
    return world


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [("", 1, 20), ("?page=2", 21, 40), ("?page=3", 41, 45), ("?page=9", 41, 45), ("?page=x", 1, 20)],
)
def test_a_long_book_is_shown_in_parts(query, first, last, desk, long):
    answer = desk.get(page(long) + query)

    (inline,) = answer.context["inline_admin_formsets"]
    shown = [form.instance.title for form in inline.formset.initial_forms]
    assert shown == [f"Entry {number}" for number in range(first, last + 1)]
    assert '<a href="?page=3">41–45</a>' in answer.text


def test_what_was_shown_is_saved_even_where_the_order_changed_meanwhile(desk, long):
    shown = long.entries.all()[20:40]
    rows = [as_shown(EntryForm(instance=entry), id=entry.pk, content="Changed.") for entry in shown]
    long.entries.filter(title__in=["Entry 1", "Entry 2"]).update(order=1)

    answer = desk.post(f"{page(long)}?page=2", posted(*rows))

    assert answer.status_code == 302
    changed = long.entries.filter(content="Changed.").values_list("title", flat=True)
    assert set(changed) == {f"Entry {number}" for number in range(21, 41)}


def test_what_readers_write_is_not_at_the_desk(desk, bens, world):
    listed = desk.get(LIST).text

    assert "The world" in listed
    assert "Of Ben alone" not in listed
    for address in (page(bens), f"{LIST}{bens.pk}/delete/", f"{LIST}{bens.pk}/history/"):
        assert desk.get(address)["Location"] == "/admin/"
    desk.post(page(bens), posted(title="Taken"))
    desk.post(f"{LIST}{bens.pk}/delete/", {"post": "yes"})
    desk.post(LIST, {"action": "delete_selected", "_selected_action": str(bens.pk), "post": "yes"})
    bens.refresh_from_db()
    assert bens.title == "Of Ben alone"


def test_an_entry_of_a_reader_cannot_be_reached_through_a_book_of_the_site(desk, bens, world):
    entry = bens.entries.get()

    desk.post(page(world), posted({"id": entry.pk, "content": "Taken."}))

    assert bens.entries.get().content == SECRET


def test_a_character_is_offered_the_books_of_the_site_alone(desk, mira: Character, bens, world):
    shown = desk.get(change_page(mira)).text

    assert "The world" in shown
    assert "Of Ben alone" not in shown
    answer = desk.post(change_page(mira), written(lorebooks=[bens.pk]))
    assert "lorebooks" in answer.context["adminform"].form.errors
    assert not mira.lorebooks.exists()


def test_the_book_of_a_deleted_user_is_counted_and_not_shown(desk, bens):
    asked = desk.get(f"/admin/auth/user/{bens.owner_id}/delete/").text

    assert "Of Ben alone" not in asked
    assert SECRET not in asked


def test_readers_are_refused(client, bens, world):
    client.force_login(bens.owner)

    for address in (LIST, page(world), page(bens)):
        assert "login" in client.get(address)["Location"]


@pytest.mark.parametrize("format", ["world-info", "lorebook-v3"])
def test_a_book_goes_out_in_either_format(desk, world: Lorebook, format: str):
    world.entries.create(keys=["mill"], content="It turns.")
    address = f"{LIST}{world.pk}/export/{format}/"

    answer = desk.get(address)

    assert f'href="{address}"' in desk.get(page(world)).content.decode()
    assert "It turns." in answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="the-world.json"'


def test_what_is_not_found_here_does_not_go_out_either(desk, world: Lorebook, bens: Lorebook):
    assert desk.get(f"{LIST}{bens.pk}/export/world-info/").status_code == 404
    assert desk.get(f"{LIST}{world.pk}/export/pdf/").status_code == 404


def test_readers_take_nothing_out(client, world: Lorebook, bens: Lorebook):
    client.force_login(User.objects.get(username="ben"))

    assert client.get(f"{LIST}{world.pk}/export/world-info/").status_code == 302
