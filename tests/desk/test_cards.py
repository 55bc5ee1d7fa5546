"""Card files at the desk: many at once, none overwritten in silence, and out again in every format."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from characters.cards.container import opened
from characters.cards.exporting import FORMATS
from characters.models import Character
from tests.cards import png, png_card, v2, v3, written

IMPORT = "/admin/characters/character/import/"


def give(desk: Client, *files: tuple[str, bytes], there: str = "skip") -> Any:
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return desk.post(IMPORT, {"cards": uploads, "there": there})


def came(answer: Any) -> list[tuple[str, bool]]:
    return [(result.file, result.character is not None) for result in answer.context["results"]]


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


def test_readers_have_no_way_in(client: Client, ada, mira: Character):
    client.force_login(ada)

    for address in (IMPORT, f"/admin/characters/character/{mira.pk}/export/json/"):
        assert client.get(address).status_code == 302


def test_without_a_file_the_form_says_so(desk, db: None):
    assert give(desk).context["form"].errors["cards"] == ["This field is required."]
