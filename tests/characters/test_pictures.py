"""Uploaded pictures: what is refused with which sentence, and what is kept."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from characters.models import Picture
from characters.pictures import EncodedPicture, PictureError, encoded, stored

RED, BLUE = (200, 30, 30), (30, 60, 200)


def file_of(image: Image.Image, kind: str = "PNG", **options: object) -> BytesIO:
    file = BytesIO()
    image.save(file, kind, **options)
    file.seek(0)
    return file


def kept(picture: EncodedPicture) -> Image.Image:
    image = Image.open(BytesIO(picture.data))
    image.load()
    return image


def colour(image: Image.Image, x: int, y: int) -> tuple[int, int, int, int]:
    """Red, green, blue and alpha of a pixel."""
    red, green, blue, alpha = image.convert("RGBA").crop((x, y, x + 1, y + 1)).tobytes()
    return red, green, blue, alpha


def png_that_claims(width: int, height: int) -> BytesIO:
    """A PNG of a few bytes whose header names a size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_each_accepted_kind_is_kept_as_webp_named_by_its_bytes(kind):
    picture = encoded(file_of(Image.new("RGB", (60, 40), RED), kind))

    assert kept(picture).format == "WEBP"
    assert kept(picture).size == (60, 40)
    assert picture.sha256 == sha256(picture.data).hexdigest()


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        ((2000, 1000), (1024, 512)),
        ((700, 1400), (512, 1024)),
        ((30, 20), (30, 20)),
        ((4096, 4096), (1024, 1024)),
    ],
    ids=["wide", "tall", "small stays small", "the largest allowed"],
)
def test_a_picture_is_fitted_and_nothing_of_it_is_cropped(size, fitted):
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (0, 0, size[0] // 2, size[1]))

    picture = kept(encoded(file_of(image)))

    assert picture.size == fitted
    assert colour(picture, 0, 0)[2] > 150
    assert colour(picture, fitted[0] - 1, fitted[1] - 1)[0] > 150


def test_a_picture_taken_sideways_is_stood_upright():
    image = Image.new("RGB", (80, 40), RED)
    image.paste(BLUE, (0, 0, 40, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees clockwise to see it upright

    picture = kept(encoded(file_of(image, "JPEG", exif=exif)))

    assert picture.size == (40, 80)
    assert colour(picture, 20, 5)[2] > 150
    assert colour(picture, 20, 75)[0] > 150


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_nothing_is_kept_of_what_a_camera_wrote_about_the_picture(kind):
    exif = Image.Exif()
    exif[0x010E] = "written in the exif"
    exif.get_ifd(0x8825)[1] = "N"
    options: dict[str, object] = {
        "exif": exif,
        "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    }
    if kind == "PNG":
        options["pnginfo"] = chunks = PngInfo()
        chunks.add_text("Comment", "written in a chunk")
    else:
        options["xmp"] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>written in the xmp</x:xmpmeta>"

    picture = encoded(file_of(Image.new("RGB", (20, 20), RED), kind, **options))

    assert not kept(picture).getexif()
    assert not {"exif", "icc_profile", "xmp", "Comment"} & set(kept(picture).info)
    assert b"written in" not in picture.data


def test_transparency_is_kept():
    picture = kept(encoded(file_of(Image.new("RGBA", (20, 20), (200, 30, 30, 0)))))

    assert colour(picture, 5, 5)[3] == 0


def test_sixteen_bits_of_grey_do_not_turn_white():
    picture = kept(encoded(file_of(Image.new("I;16", (20, 20), 0x4040))))

    assert 55 <= colour(picture, 5, 5)[0] <= 75


def test_a_file_over_five_megabytes_is_refused():
    whole = file_of(Image.new("RGB", (10, 10), RED)).getvalue()

    with pytest.raises(PictureError) as refusal:
        encoded(BytesIO(whole + b"\0" * (5 * 1024 * 1024)))

    assert refusal.value.sentence == "The picture is larger than 5 MB. Choose a smaller one."


@pytest.mark.parametrize(("width", "height"), [(4097, 10), (10, 4097), (10_000, 10_000), (60_000, 60_000)])
def test_a_header_that_claims_too_many_pixels_is_refused_before_they_are_made(width, height):
    with pytest.raises(PictureError) as refusal:
        encoded(png_that_claims(width, height))

    assert "4096" in refusal.value.sentence


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n"],
    ids=["nothing", "text", "svg", "pdf", "a signature alone"],
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(PictureError) as refusal:
        encoded(BytesIO(content))

    assert refusal.value.sentence == "This is not a picture. Choose a PNG, JPEG, WebP or GIF file."


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO"])
def test_other_kinds_of_picture_are_refused(kind):
    with pytest.raises(PictureError, match="PNG, JPEG, WebP or GIF"):
        encoded(file_of(Image.new("RGB", (32, 32), RED), kind))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_that_is_cut_short_is_refused(kind):
    whole = file_of(Image.effect_noise((90, 70), 60).convert("RGB"), kind).getvalue()

    for share in (0.2, 0.5, 0.9):
        with pytest.raises(PictureError):
            encoded(BytesIO(whole[: int(len(whole) * share)]))


def test_a_picture_with_damaged_bytes_is_refused():
    whole = bytearray(file_of(Image.effect_noise((90, 70), 60).convert("RGB")).getvalue())
    whole[200:240] = b"\xff" * 40

    with pytest.raises(PictureError, match="damaged"):
        encoded(BytesIO(bytes(whole)))


@pytest.mark.parametrize(
    ("painted", "hue"),
    [
        ((255, 0, 0), 30),
        ((0, 160, 0), 140),
        ((0, 0, 255), 260),
        ((255, 0, 255), 330),
        ((228, 0, 120), 0),
        ((128, 128, 128), 50),
    ],
    ids=["red", "green", "blue", "magenta", "crimson", "grey gets a warm one"],
)
def test_the_hue_is_that_of_the_style_sheets_in_steps_of_ten(painted, hue):
    assert encoded(file_of(Image.new("RGB", (40, 40), painted))).hue == hue


def test_the_hue_is_that_of_most_of_the_colour_and_not_of_what_is_transparent():
    image = Image.new("RGBA", (90, 90), (*RED, 0))
    image.paste((*BLUE, 255), (0, 0, 60, 30))
    image.paste((30, 160, 60, 255), (60, 0, 90, 30))

    assert encoded(file_of(image)).hue in (260, 270)


@pytest.mark.django_db
def test_the_same_picture_is_stored_once():
    picture = encoded(file_of(Image.new("RGB", (20, 20), RED)))

    first, second = stored(picture), stored(picture)

    assert first == second
    assert bytes(Picture.objects.get().data) == picture.data
