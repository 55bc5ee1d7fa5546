"""Import: authors bring in cards and lorebooks, others lorebooks; what comes in is one's own, and nothing is lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from characters.models import Character, Lorebook
from characters.versions import keep_as_draft, publish
from tests.cards import png, png_card, v2, v3, written
from tests.cast import let_write

RIVER = {"entries": {"0": {"uid": 0, "key": ["river"], "content": "It moves."}}}
YAML = b"name: Mira\ngreeting: |-\n  You are late.\ncontext: She draws maps.\n"


@pytest.fixture
def author(ada: User, client: Client) -> Client:
    let_write(ada)
    client.force_login(ada)
    return client


@pytest.fixture
def reader(ben: User, client: Client) -> Client:
    client.force_login(ben)
    return client


def give(client: Client, *files: tuple[str, bytes], there: str = "skip", **headers: Any) -> Any:
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/import/", {"cards": uploads, "there": there}, **headers)


def sentences(answer: Any) -> list[str]:
    return [result.sentence for result in answer.context["results"]]


def test_an_author_brings_in_cards_and_lorebooks_at_once(author: Client, ada: User):
    answer = give(
        author,
        ("mira.png", png_card(v2())),
        ("ben.yaml", YAML.replace(b"Mira", b"Ben")),
        ("picture.png", png()),
        ("River.json", written(RIVER)),
        ("empty.json", b""),
    )

    assert [bool(result.url) for result in answer.context["results"]] == [True, True, False, True, False]
    assert {each.name: each.owner for each in Character.objects.all()} == {"Mira": ada, "Ben": ada}
    assert [(book.title, book.owner) for book in Lorebook.objects.all()] == [("River", ada)]
    assert set(Character.objects.values_list("visibility", flat=True)) == {"private"}
    shown = answer.content.decode()
    for address in ("/characters/mira/", f"/lorebooks/{Lorebook.objects.get().pk}/"):
        assert f'href="{address}"' in shown
        assert author.get(address).status_code == 200


def test_a_reader_brings_in_lorebooks_alone(reader: Client, ben: User):
    page = reader.get("/import/").content.decode()
    answer = give(reader, ("mira.png", png_card(v2())), ("River.json", written(RIVER)))

    assert "Characters are written by authors, whom the operator appoints." in page
    assert [result.name for result in answer.context["results"]] == ["", "River"]
    assert "Only authors bring in characters." in sentences(answer)[0]
    assert not Character.objects.exists()
    assert ben.lorebooks.get().entries.get().content == "It moves."


def test_who_is_not_signed_in_is_asked_to(client: Client, db: None):
    for answer in (client.get("/import/"), give(client, ("River.json", written(RIVER)))):
        assert answer.headers["Location"].startswith("/accounts/login/")
    assert not Lorebook.objects.exists()


@pytest.mark.parametrize(
    ("there", "titles"),
    [("skip", ["River"]), ("new", ["River", "River"]), ("version", ["River", "River, as it was"])],
)
def test_a_lorebook_of_that_name_is_never_lost(reader: Client, ben: User, there: str, titles: list[str]):
    mine = Lorebook.objects.create(title="River", owner=ben, everywhere=True)
    mine.entries.create(title="Mine", content="Mine.")

    give(reader, ("River.json", written(RIVER)), there=there)

    books = {book.pk: book for book in ben.lorebooks.all()}
    assert sorted(book.title for book in books.values()) == titles
    told = {pk: [entry.content for entry in book.entries.all()] for pk, book in books.items()}
    assert ["Mine."] in told.values()
    assert told[mine.pk] == (["It moves."] if there == "version" else ["Mine."])
    assert [book.everywhere for book in books.values()].count(True) == 1


def test_what_others_have_is_nobodys_conflict(author: Client, ben: User, ada: User):
    Lorebook.objects.create(title="River", owner=ben)
    Character.objects.create(slug="mira", name="Mira", owner=ben)

    give(author, ("mira.png", png_card(v2())), ("River.json", written(RIVER)), there="version")

    assert [owner.username for owner in User.objects.filter(characters__name="Mira").order_by("pk")] == [
        "ada",
        "ben",
    ]
    assert ada.lorebooks.get().entries.count() == 1
    assert ben.lorebooks.get().entries.count() == 0


def test_a_new_version_keeps_what_was_and_whose_it_is(author: Client, ada: User):
    give(author, ("mira.png", png_card(v2())))
    book = {"name": "River", "entries": [{"keys": ["river"], "content": "It moves."}]}

    answer = give(
        author, ("mira.png", png_card(v3(description="Older.", character_book=book))), there="version"
    )

    mira = Character.objects.get()
    assert sentences(answer) == ["A new version of the character that was there."]
    assert (mira.owner, mira.lorebooks.get().owner) == (ada, ada)
    assert [version.definition["description"] for version in mira.versions.all()] == [
        "{{char}} draws maps.",
        "Older.",
    ]


def test_a_new_version_of_a_draft_keeps_the_draft_and_is_for_readers(author: Client, ada: User):
    give(author, ("mira.png", png_card(v2(description="First."))))
    mira = Character.objects.get()
    publish(mira, ada)
    mira.description = "Drafted."
    mira.save()
    keep_as_draft(mira)

    give(author, ("mira.png", png_card(v2(description="Brought."))), there="version")

    told = [version.definition["description"] for version in mira.versions.order_by("number")]
    assert told == ["First.", "Drafted.", "Brought."]
    mira.refresh_from_db()
    assert (mira.description, mira.unpublished) == ("Brought.", False)


def test_a_script_is_answered_with_data(reader: Client):
    as_json: Any = {"headers": {"Accept": "application/json"}}

    taken = give(reader, ("River.json", written(RIVER)), **as_json)
    none = give(reader, **as_json)

    [result] = taken.json()["results"]
    assert result == {
        "file": "River.json",
        "sentence": "A new lorebook.",
        "name": "River",
        "url": f"/lorebooks/{Lorebook.objects.get().pk}/",
    }
    assert (none.status_code, none.json()["errors"]) == (400, ["This field is required."])


def test_a_file_that_is_too_large_is_refused_with_a_sentence(author: Client):
    answer = give(author, ("large.png", b"\x89PNG\r\n\x1a\n" + b"x" * 11 * 1024 * 1024))

    assert (answer.status_code, sentences(answer)) == (200, ["The file is larger than 10 MB."])


def test_too_many_files_are_refused_with_a_sentence(reader: Client):
    answer = give(reader, *(("River.json", written(RIVER)) for _ in range(101)))

    assert "At most 100 files at once" in reader.get(answer.url).content.decode()
    assert not Lorebook.objects.exists()


def test_the_form_asks_for_its_token(ben: User):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ben)

    assert give(strict, ("River.json", written(RIVER))).status_code == 403
    assert not Lorebook.objects.exists()


@pytest.mark.parametrize("format", ["world-info", "lorebook-v3"])
def test_ones_own_book_goes_out_and_comes_back(reader: Client, ben: User, format: str):
    give(reader, ("The River.json", written({**RIVER, "x": [1]})))
    address = reverse("export_lorebook", args=[ben.lorebooks.get().pk, format])
    page = reader.get(f"/lorebooks/{ben.lorebooks.get().pk}/").content.decode()

    file = reader.get(address)
    give(reader, ("again.json", file.content), there="new")

    assert f'href="{address}"' in page
    assert file["Content-Disposition"] == 'attachment; filename="the-river.json"'
    assert [(book.title, book.entries.get().keys) for book in ben.lorebooks.all()] == [
        ("The River", ["river"])
    ] * 2


def test_nobody_elses_book_goes_out(reader: Client, ben: User, ada: User):
    for owner in (ada, None):
        book = Lorebook.objects.create(title="Hers", owner=owner)
        assert reader.get(reverse("export_lorebook", args=[book.pk, "world-info"])).status_code == 404
    own = Lorebook.objects.create(title="His", owner=ben)
    assert reader.get(reverse("export_lorebook", args=[own.pk, "pdf"])).status_code == 404
    assert reader.get(reverse("export_lorebook", args=[uuid4(), "world-info"])).status_code == 404


def test_the_gallery_leads_authors_there_and_readers_lead_themselves(author: Client, ben: User):
    assert 'href="/import/"' in author.get("/").content.decode()
    author.force_login(ben)
    assert "/import/" not in author.get("/").content.decode()
    assert 'href="/import/"' in author.get("/lorebooks/").content.decode()
