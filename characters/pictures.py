"""Uploaded pictures: what is refused, and what is kept of the rest.

A kept picture is WebP within 1024 x 1024 without any metadata, named by the SHA-256 of its bytes.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from math import atan2, degrees, hypot
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from characters.models import Picture

MAX_BYTES = 5 * 1024 * 1024
MAX_SIDE = 4096  # pixels of an upload
KEPT_SIDE = 1024  # pixels of what is kept
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
GREY_HUE = 50  # for a picture without colour: the warm side of paper
GREY_CHROMA = 0.02  # below this a colour is seen as grey

# What Pillow's decoders let through when a file is cut or made to harm.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, struct.error, zlib.error)


class PictureError(Exception):
    """Why a picture cannot be taken, as a sentence for the person who gave it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class EncodedPicture:
    """A picture as it will be served. `hue` is in degrees of OKLCH, as in the style sheets: 0, 10, … 350."""

    data: bytes
    sha256: str
    hue: int


def encoded(file: BinaryIO) -> EncodedPicture:
    """The picture in `file`, upright, fitted and made anew. Raises `PictureError`."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise PictureError(_("The picture is larger than 5 MB. Choose a smaller one."))
    return encoded_bytes(content)


def encoded_bytes(content: bytes) -> EncodedPicture:
    """The same, whatever the size of the file. Raises `PictureError`."""
    image = _decoded(content)
    image.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS)
    target = BytesIO()
    image.save(target, "WEBP", quality=86, method=4)
    data = target.getvalue()
    return EncodedPicture(data, hashlib.sha256(data).hexdigest(), _hue(image))


def stored(picture: EncodedPicture) -> Picture:
    """The row of an encoded picture; one row, however often the same picture is given."""
    return Picture.objects.get_or_create(sha256=picture.sha256, defaults={"data": picture.data})[0]


def _decoded(content: bytes) -> Image.Image:
    """The first frame, upright, in RGB or RGBA, with no metadata left."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            if max(image.size) > MAX_SIDE:
                raise _too_large()
            image.load()
            upright = _in_rgb(ImageOps.exif_transpose(image))
    except UnidentifiedImageError as error:
        raise PictureError(_("This is not a picture. Choose a PNG, JPEG, WebP or GIF file.")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except _BROKEN as error:
        raise PictureError(_("The picture is damaged or cut short. Choose another one.")) from error
    upright.info = {}  # an encoder writes profiles and the like from here
    return upright


def _too_large() -> PictureError:
    return PictureError(_("The picture has more than 4096 x 4096 pixels. Choose a smaller one."))


def _in_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey, which a plain conversion would cut off at 255
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _hue(image: Image.Image) -> int:
    """The hue that most of the picture's colour has, in steps of 10 degrees."""
    small = image.convert("RGBA").resize((48, 48), Image.Resampling.BOX)
    weights = [0.0] * 36
    for red, green, blue, alpha in _pixels(small):
        chroma, hue = _chroma_and_hue(red, green, blue)
        if chroma > GREY_CHROMA:
            weights[round(hue / 10) % 36] += chroma * alpha
    if not any(weights):
        return GREY_HUE
    # A neighbour counts by half, so that a hue on the border of two steps is not torn apart.
    return 10 * max(range(36), key=lambda i: weights[i] + (weights[i - 1] + weights[(i + 1) % 36]) / 2)


def _pixels(image: Image.Image) -> Iterable[tuple[int, ...]]:
    data = image.tobytes()
    return zip(data[0::4], data[1::4], data[2::4], data[3::4], strict=True)


def _chroma_and_hue(*rgb: int) -> tuple[float, float]:
    """Of an sRGB colour in OKLCH: its chroma (0 to 0.4) and its hue (degrees)."""
    red, green, blue = (c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return hypot(a, b), degrees(atan2(b, a)) % 360
