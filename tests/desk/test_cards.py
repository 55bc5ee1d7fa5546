"""Card files at the desk: many at once, none overwritten in silence, and out again in every format."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from characters.cards.container import opened
from characters.cards.exporting import FORMATS
from characters.models import Character, Lorebook
from tests.cards import png, png_card, v2, v3, written
from tests.cast import let_write, make_user

IMPORT = "/admin/characters/character/import/"


def give(desk: Client, *files: tuple[str, bytes], there: str = "skip") -> Any:
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return desk.post(IMPORT, {"cards": uploads, "there": there})


def came(answer: Any) -> list[tuple[str, bool]]:
    return [(result.file, bool(result.url)) for result in answer.context["results"]]


def test_many_come_in_at_once_and_a_bad_one_keeps_none_out(desk, db: None):
    answer = give(
        desk, ("mira.png", png_card(v2())), ("picture.png", png()), ("ben.json", written(v3(name="Ben")))
    )

    assert came(answer) == [("mira.png", True), ("picture.png", False), ("ben.json", True)]
    assert [str(each) for each in Character.objects.all()] == ["Mira", "Ben"]
    shown = answer.content.decode()
    assert "There is no card in the picture." in shown
    assert f'href="/admin/characters/character/{Character.objects.get(name="Ben").pk}/change/"' in shown


@pytest.mark.parametrize(
    ("there", "number", "description"),
    [("skip", 1, "Mine."), ("new", 2, "Mine."), ("version", 1, "{{char}} draws maps.")],
)
def test_one_of_that_name_is_never_overwritten_in_silence(desk, mira: Character, there, number, description):
    mira.description = "Mine."
    mira.save()

    give(desk, ("mira.png", png_card(v2())), there=there)

    mira.refresh_from_db()
    assert Character.objects.count() == number
    assert mira.description == description
    assert (mira.slug, mira.visibility) == ("mira", "private")
    if there == "version":
        before, after = mira.versions.all()
        assert (before.definition["description"], after.definition["description"]) == ("Mine.", description)
        assert [greeting.text for greeting in mira.greetings.all()] == ["You are late.", "Again you."]


@pytest.mark.parametrize("format", FORMATS)
def test_each_goes_out_in_every_format(desk, mira: Character, format: str):
    page = desk.get(f"/admin/characters/character/{mira.pk}/change/").content.decode()
    address = f"/admin/characters/character/{mira.pk}/export/{format}/"

    answer = desk.get(address)

    assert f'href="{address}"' in page
    assert opened(answer.content).card["data"]["name"] == "Mira"
    assert answer["Content-Disposition"].startswith('attachment; filename="mira.')


def test_what_there_is_not_is_not_found(desk, mira: Character):
    assert desk.get(f"/admin/characters/character/{mira.pk}/export/pdf/").status_code == 404
    assert desk.get("/admin/characters/character/999/export/json/").status_code == 404


def test_what_comes_in_belongs_to_who_brought_it(desk, db: None):
    card = v2(character_book={"name": "River", "entries": [{"keys": ["river"], "content": "It moves."}]})

    give(desk, ("mira.png", png_card(card)))

    mira = Character.objects.get()
    assert mira.owner and mira.owner.username == "olga"
    assert mira.lorebooks.get().owner == mira.owner


def test_a_character_of_another_owner_is_none_of_that_name(desk, mira: Character):
    ben = make_user("ben")
    Character.objects.filter(pk=mira.pk).update(owner=ben)

    answer = give(desk, ("mira.png", png_card(v2())), there="version")

    assert came(answer) == [("mira.png", True)]
    assert sorted(Character.objects.values_list("owner__username", flat=True)) == ["ben", "olga"]
    assert mira.quotes.count() == 3


def test_an_author_makes_no_new_version_of_a_character_of_the_house(client: Client, mira: Character):
    author = make_user("ada", is_staff=True)
    let_write(author)
    client.force_login(author)

    give(client, ("mira.png", png_card(v2())), there="version")

    assert list(Character.objects.order_by("pk").values_list("owner", flat=True)) == [None, author.pk]
    assert mira.quotes.count() == 3


def test_lorebooks_come_in_too(desk, db: None):
    answer = give(
        desk, ("River.json", written({"entries": {"0": {"uid": 0, "key": ["river"], "content": "It."}}}))
    )

    book = Lorebook.objects.get()
    assert book.title == "River"
    assert f'href="/lorebooks/{book.pk}/"' in answer.content.decode()


def test_a_script_is_answered_with_data(desk, db: None):
    upload = SimpleUploadedFile("mira.png", png_card(v2()))

    answer = desk.post(IMPORT, {"cards": upload, "there": "skip"}, headers={"Accept": "application/json"})

    [result] = answer.json()["results"]
    address = f"/admin/characters/character/{Character.objects.get().pk}/change/"
    assert (result["file"], result["name"], result["url"]) == ("mira.png", "Mira", address)


def test_too_many_files_are_refused_with_a_sentence(desk, db: None):
    answer = give(desk, *(("mira.png", png_card(v2())) for _ in range(101)))

    assert "At most 100 files at once" in desk.get(answer.url).content.decode()
    assert not Character.objects.exists()


def test_the_form_asks_for_its_token(desk, db: None):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies

    assert give(strict, ("mira.png", png_card(v2()))).status_code == 403
    assert not Character.objects.exists()


def test_readers_have_no_way_in(client: Client, ada, mira: Character):
    client.force_login(ada)

    for address in (IMPORT, f"/admin/characters/character/{mira.pk}/export/json/"):
        assert client.get(address).status_code == 302


def test_without_a_file_the_form_says_so(desk, db: None):
    assert give(desk).context["form"].errors["cards"] == ["This field is required."]


def test_a_card_without_a_picture_has_a_sky_of_its_hue(desk, mira: Character):
    answer = desk.get(f"/admin/characters/character/{mira.pk}/export/v3-png/")

    with Image.open(BytesIO(answer.content)) as sky:
        top, bottom = (sky.convert("RGB").getpixel((5, y)) for y in (5, sky.height - 5))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert 0 < sum(top) < sum(bottom)
    assert top[2] > top[0]  # blue, as 210 is
