"""A reader's own lorebooks: written, found again, deleted, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from characters.models import Lorebook, LoreEntry
from roleplay.web.forms import OwnEntryForm
from tests.posting import as_shown

BOOK = {"title": "The valley", "scan_depth": "", "token_budget": ""}


@pytest.fixture
def book(ada: User) -> Lorebook:
    return ada.lorebooks.create(title="The river town")


@pytest.fixture
def mill(book: Lorebook) -> LoreEntry:
    return book.entries.create(title="The mill", keys=["mill"], content="It burnt down.")


@pytest.fixture
def reading(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def written(client: Client, book: Lorebook, entry: LoreEntry | None = None, **fields: Any) -> Any:
    address = reverse("entry", args=[book.pk, entry.pk]) if entry else reverse("new_entry", args=[book.pk])
    return client.post(address, as_shown(OwnEntryForm(instance=entry), **fields))


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


def test_a_book_is_written_and_stands_in_the_list(reading: Client, ada: User):
    answer = reading.post(reverse("new_lorebook"), {**BOOK, "token_budget": "400", "recursive": "on"})

    book = ada.lorebooks.get()
    assert answer.headers["Location"] == reverse("lorebook", args=[book.pk])
    assert (book.title, book.scan_depth, book.token_budget, book.recursive) == ("The valley", None, 400, True)
    assert "The valley" in reading.get(reverse("lorebooks")).text


def test_its_options_are_changed(reading: Client, book: Lorebook):
    reading.post(reverse("lorebook", args=[book.pk]), {**BOOK, "scan_depth": "5"})

    book.refresh_from_db()
    assert (book.title, book.scan_depth) == ("The valley", 5)


def test_no_reader_makes_a_book_for_every_character(reading: Client, ada: User, book: Lorebook):
    reading.post(reverse("new_lorebook"), {**BOOK, "everywhere": "on"})
    reading.post(reverse("lorebook", args=[book.pk]), {**BOOK, "everywhere": "on"})

    assert ada.lorebooks.count() == 2
    assert not ada.lorebooks.filter(everywhere=True).exists()


def test_a_refused_title_leaves_the_old_one_above_the_page(reading: Client, book: Lorebook):
    answer = reading.post(reverse("lorebook", args=[book.pk]), {**BOOK, "title": ""})

    assert errors(answer) == {"title": ["This field is required."]}
    assert "<h1>The river town</h1>" in answer.text


def test_an_entry_is_written_as_it_is_meant(reading: Client, book: Lorebook):
    answer = written(
        reading, book, keys="dragon，wyrm\n/drakes{1,2}/i, 龙", content=" They\r\nsleep.", only_tags="Slow",
        whole_words="true", also_scans=["persona", "scenario"], place="at_depth", depth="2", constant="on",
    )  # fmt: skip

    entry = book.entries.get()
    assert answer.headers["Location"] == reverse("lorebook", args=[book.pk])
    assert entry.keys == ["dragon", "wyrm", "/drakes{1,2}/i", "龙"]
    assert (entry.content, entry.only_tags, entry.constant) == (" They\nsleep.", ["Slow"], True)
    assert (entry.whole_words, entry.case_sensitive) == (True, None)
    assert (entry.also_scans, entry.place, entry.depth) == (["persona", "scenario"], "at_depth", 2)


def test_the_list_says_which_entries_are_always_told_and_which_are_not_in_use(
    reading: Client, book: Lorebook
):
    book.entries.create(keys=["bridge", "ford"], content="Four arches.", constant=True, enabled=False)

    page = reading.get(reverse("lorebook", args=[book.pk])).text

    for shown in ("bridge, ford", "Four arches.", "always", "not in use"):
        assert shown in page


def test_a_long_book_costs_as_many_queries_as_a_short_one(reading: Client, book: Lorebook, mill: LoreEntry):
    address = reverse("lorebook", args=[book.pk])
    reading.get(address)
    with CaptureQueriesContext(connection) as of_one:
        reading.get(address)
    book.entries.bulk_create(LoreEntry(book=book, title=str(number)) for number in range(50))

    with CaptureQueriesContext(connection) as of_many:
        reading.get(address)

    assert len(of_many) == len(of_one)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (" dragon , ,dragon,\n\n wyrm ", ["dragon", "wyrm"]),
        ("/a,b/, c", ["/a,b/", "c"]),
        (r"/a\/b,c/i，d", [r"/a\/b,c/i", "d"]),
        ("/a, b", ["/a", "b"]),
        ("old town/ford", ["old town/ford"]),
        ("龙、凤，麒麟", ["龙", "凤", "麒麟"]),
        ("a\0b", ["ab"]),
        ("", []),
    ],
    ids=["tidied", "commas of a pattern", "its slashes", "no pattern", "a slash", "Chinese", "cleaned", "none"],
)  # fmt: skip
def test_keys_are_written_one_a_line_or_with_commas(
    typed: str, keys: list[str], reading: Client, book: Lorebook
):
    written(reading, book, keys=typed)

    assert book.entries.get().keys == keys


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (",".join(map(str, range(101))), "At most 100 of them."),
        ("x" * 201, "“xxxxxxxxxxxxxxxxxxxx…” is longer than 200 characters."),
        ("/" + "x" * 2000 + "/", "“/xxxxxxxxxxxxxxxxxxx…” is longer than 2000 characters."),
        ("mill, /(?=a)b/", "The pattern /(?=a)b/ cannot be run: “invalid perl operator: (?=”."),
    ],
    ids=["too many", "too long", "too long a pattern", "it cannot be run"],
)
@pytest.mark.parametrize("field", ["keys", "secondary_keys"])
def test_what_cannot_be_a_key_is_refused_and_what_was_written_stays(
    field: str, typed: str, error: str, reading: Client, book: Lorebook
):
    fields: dict[str, Any] = {field: typed, "content": "Under the bridge."}

    answer = written(reading, book, **fields)

    assert errors(answer) == {field: [error]}
    assert "Under the bridge." in answer.text
    assert not book.entries.exists()


def test_what_is_folded_unfolds_where_something_is_wrong(reading: Client, book: Lorebook):
    fine = reading.get(reverse("new_entry", args=[book.pk])).text
    wrong = written(reading, book, probability="101").text

    assert '<details class="form__more" open>' not in fine
    assert '<details class="form__more" open>' in wrong


def test_what_came_with_a_book_stays_as_it_is(reading: Client, book: Lorebook):
    brought = ["Rome, Italy", "/(?=a)b/", "x" * 300]
    entry = book.entries.create(keys=brought, secondary_keys=[str(number) for number in range(120)])

    written(reading, book, entry, content="Told.", keys="\n".join([*brought, "Ostia, the port"]))

    entry.refresh_from_db()
    assert (entry.content, entry.keys) == ("Told.", [*brought, "Ostia", "the port"])
    assert len(entry.secondary_keys) == 120


def test_an_entry_is_deleted_when_one_is_sure(reading: Client, book: Lorebook, mill: LoreEntry):
    address = reverse("delete_entry", args=[book.pk, mill.pk])

    assert "Delete The mill?" in reading.get(address).text
    assert book.entries.exists()
    reading.post(address)
    assert not book.entries.exists()


def test_a_book_is_deleted_when_one_is_sure(reading: Client, ada: User, book: Lorebook, mill: LoreEntry):
    ada.personas.get().lorebooks.add(book)
    address = reverse("delete_lorebook", args=[book.pk])

    assert "It goes with its 1 entry" in reading.get(address).text
    assert ada.lorebooks.exists()
    reading.post(address)
    assert not ada.lorebooks.exists()
    assert ada.personas.count() == 1


def addresses(book: Lorebook, entry: LoreEntry) -> list[str]:
    return [
        *(reverse(name, args=[book.pk]) for name in ("lorebook", "delete_lorebook", "new_entry")),
        *(reverse(name, args=[book.pk, entry.pk]) for name in ("entry", "delete_entry")),
    ]


def test_ben_finds_nothing_of_it(client: Client, ben: User, book: Lorebook, mill: LoreEntry):
    client.force_login(ben)
    own = ben.lorebooks.create(title="Of Ben")
    through_his_own = [reverse(name, args=[own.pk, mill.pk]) for name in ("entry", "delete_entry")]

    for address in (*addresses(book, mill), *through_his_own):
        assert client.get(address).status_code == 404
        assert client.post(address, {**BOOK, **as_shown(OwnEntryForm())}).status_code == 404
    assert "The river town" not in client.get(reverse("lorebooks")).text
    assert list(book.entries.values_list("title", "content")) == [("The mill", "It burnt down.")]


def test_a_book_of_the_site_is_no_readers(reading: Client):
    world = Lorebook.objects.create(title="The world")

    for address in addresses(world, world.entries.create()):
        assert reading.get(address).status_code == 404


def test_without_a_sign_in_one_is_asked_to(client: Client, book: Lorebook, mill: LoreEntry):
    for address in (reverse("lorebooks"), reverse("new_lorebook"), *addresses(book, mill)):
        assert client.get(address).headers["Location"].startswith("/accounts/login/")
