"""What a file holds: the card as it is written, its picture, and what else an archive brings."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from characters.cards import archive, png, yamls
from characters.cards.jsons import Json, loaded
from characters.cards.limits import MOST_BYTES, CardError

KEYWORDS = ("ccv3", "chara")  # the newer one first
CARD = "card.json"
YAMLS = ("card.yaml", "card.yml")
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True)
class Opened:
    """`card` is the whole object. `picture` is an image file, `files` are those of an archive by their paths."""

    card: Json
    picture: bytes | None = None
    files: dict[str, bytes] = field(default_factory=dict)


def opened(file: bytes) -> Opened:
    """The kind of file is told by its contents, never by its name. Raises CardError."""
    if len(file) > MOST_BYTES:
        raise CardError(_("The file is larger than 10 MB."))
    if file.startswith(png.SIGNATURE):
        return _of_png(file)
    if file.startswith((archive.SIGNATURE, _JPEG)):
        return _of_archive(file)
    text = file.removeprefix(b"\xef\xbb\xbf")
    if text.lstrip()[:1] == b"{":
        return Opened(loaded(text))
    if yamls.seems_yaml(text):
        return Opened(yamls.loaded(text))
    raise CardError(_("This is no card: it is neither a PNG picture, nor JSON or YAML, nor a CHARX archive."))


def as_png(picture: bytes, cards: dict[str, bytes]) -> bytes:
    """The PNG picture with the cards, each JSON under its keyword; those that were there go."""
    bare = png.without_texts(picture, KEYWORDS)
    return png.with_texts(bare, {word: base64.b64encode(card) for word, card in cards.items()})


def _of_png(file: bytes) -> Opened:
    found: dict[str, bytes] = {}
    for word, text in png.texts(file):
        found.setdefault(word, text)
    for word in KEYWORDS:
        if word in found:
            return Opened(loaded(_decoded(found[word])), picture=png.without_texts(file, KEYWORDS))
    if "risuai" in found:
        raise CardError(_("This is an old card of RisuAI. Save it there as a V2 or V3 card."))
    raise CardError(_("There is no card in the picture."))


def _of_archive(file: bytes) -> Opened:
    if file.startswith(_JPEG) and archive.SIGNATURE not in file:
        raise CardError(_("There is no card in the picture."))
    files = archive.unpacked(file)
    name = next((name for name in (CARD, *YAMLS) if name in files), None)
    if name is None:
        raise CardError(_("There is no card.json in the archive."))
    card = (yamls.loaded if name in YAMLS else loaded)(files.pop(name))
    return Opened(card, picture=_icon(card, files), files=files)


def _icon(card: Json, files: dict[str, bytes]) -> bytes | None:
    """The main one of its icons, if it stands in the archive."""
    data = card.get("data")
    assets = data.get("assets") if isinstance(data, dict) else None
    icons = [
        asset
        for asset in (assets if isinstance(assets, list) else [])
        if isinstance(asset, dict) and asset.get("type") == "icon" and isinstance(asset.get("uri"), str)
    ]
    icons.sort(key=lambda asset: asset.get("name") != "main")
    paths = (asset["uri"].removeprefix("embeded://").removeprefix("embedded://") for asset in icons)
    return next((files[path] for path in paths if path in files), None)


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(text, validate=False)
    except binascii.Error as error:
        raise CardError(_("The text of the card is damaged.")) from error
