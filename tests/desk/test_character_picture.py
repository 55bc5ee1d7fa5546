"""The picture of a character: uploaded at the desk, shown there, removed there."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from characters.models import Character, Picture
from characters.pictures import encoded, stored
from tests.desk.pages import ADD, change_page, written


def png(colour: tuple[int, int, int]) -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    file.seek(0)
    return file


@pytest.fixture
def portrait(mira):
    mira.picture = stored(encoded(png((30, 60, 200))))
    mira.save()
    return mira.picture


def test_an_uploaded_picture_is_re_encoded_and_brings_its_colour(desk):
    desk.post(ADD, written(upload=png((255, 0, 0))))

    mira = Character.objects.get()
    assert mira.picture_id == Picture.objects.get().pk
    assert Image.open(BytesIO(bytes(Picture.objects.get().data))).format == "WEBP"
    assert mira.hue == 30


def test_a_colour_that_the_author_chose_stays(desk):
    desk.post(ADD, written(upload=png((255, 0, 0)), hue="200"))

    assert Character.objects.get().hue == 200


def test_a_bad_picture_gets_a_sentence_at_its_field_and_nothing_is_lost(desk):
    bad = SimpleUploadedFile("face.png", b"not a picture", "image/png")

    answer = desk.post(
        ADD,
        written(upload=bad, description="She mends clocks. ", tags="slow, dry", quotes=[{"text": "Now."}]),
    )

    form = answer.context["adminform"].form
    assert form.errors == {"upload": ["This is not a picture. Choose a PNG, JPEG, WebP or GIF file."]}
    assert all(kept in answer.text for kept in ("She mends clocks. </textarea>", 'value="slow, dry"', "Now."))
    assert not Character.objects.exists()
    assert not Picture.objects.exists()


def test_a_bad_picture_leaves_the_present_one_and_still_shows_it(desk, mira, portrait):
    bad = SimpleUploadedFile("face.png", b"not a picture", "image/png")

    answer = desk.post(change_page(mira), written(upload=bad))

    mira.refresh_from_db()
    assert mira.picture == portrait
    assert f'src="{portrait.get_absolute_url()}"' in answer.text


def test_saving_without_an_upload_keeps_picture_and_colour(desk, mira, portrait):
    desk.post(change_page(mira), written(hue="210", description="Changed."))

    mira.refresh_from_db()
    assert (mira.picture, mira.hue, mira.description) == (portrait, 210, "Changed.")


def test_a_new_picture_takes_the_place_of_the_old_one(desk, mira, portrait):
    desk.post(change_page(mira), written(hue="210", upload=png((255, 0, 0))))

    mira.refresh_from_db()
    assert mira.picture != portrait
    assert mira.hue == 30


def test_the_picture_can_be_removed(desk, mira, portrait):
    desk.post(change_page(mira), {**written(hue="210"), "upload-clear": "on"})

    mira.refresh_from_db()
    assert mira.picture is None
    assert mira.hue == 210


def test_the_box_to_remove_it_is_there_only_where_there_is_a_picture(desk, mira):
    assert "upload-clear" not in desk.get(change_page(mira)).text

    mira.picture = stored(encoded(png((30, 60, 200))))
    mira.save()

    assert "upload-clear" in desk.get(change_page(mira)).text


def test_no_page_of_the_desk_has_inline_style(desk, mira, portrait):
    pages = ["/admin/", "/admin/characters/character/", ADD, change_page(mira)]

    assert not [page for page in pages if " style=" in desk.get(page).text or "<style" in desk.get(page).text]
