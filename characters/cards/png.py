"""Texts in PNG files: the chunks tEXt, zTXt and iTXt (PNG specification, third edition, section 11.3.3)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from characters.cards.limits import MOST_JSON, CardError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_CHUNKS = 100_000
MOST_TEXT = 2 * MOST_JSON  # bytes: base64 takes four for three


class Chunk(NamedTuple):
    """`start` and `end` are where the whole of it stands in the file."""

    kind: bytes
    body: bytes
    start: int
    end: int


def chunks(file: bytes) -> Iterator[Chunk]:
    """In their order, to the end of the file: programs put texts behind the picture. Checksums are not looked at, for
    some programs write wrong ones. Raises CardError.
    """
    at = len(SIGNATURE)
    for _number in range(MOST_CHUNKS):
        if at + 12 > len(file):
            raise CardError(_("The picture is cut short."))
        length, kind = struct.unpack_from(">I4s", file, at)
        end = at + 12 + length
        if end > len(file):
            raise CardError(_("The picture is cut short."))
        yield Chunk(kind, file[at + 8 : end - 4], at, end)
        if kind == b"IEND":
            return
        at = end
    raise CardError(_("The picture consists of too many parts."))


def texts(file: bytes) -> Iterator[tuple[str, bytes]]:
    """Keyword, in lower case, and text of each. One that is damaged is passed over."""
    for chunk in chunks(file):
        word = _keyword(chunk)
        if word is not None and (text := _READ[chunk.kind](chunk.body)) is not None:
            yield word, text


def without_texts(file: bytes, words: Collection[str]) -> bytes:
    """The picture without the texts of these keywords. All else stays."""
    kept = [SIGNATURE]
    kept += (file[each.start : each.end] for each in chunks(file) if _keyword(each) not in words)
    return b"".join(kept)


def with_texts(file: bytes, texts: Mapping[str, bytes]) -> bytes:
    """The picture with these texts, before its image data."""
    added = b"".join(_chunk(b"tEXt", word.encode("latin-1") + b"\0" + text) for word, text in texts.items())
    at = next(chunk.start for chunk in chunks(file) if chunk.kind in (b"IDAT", b"IEND"))
    return file[:at] + added + file[at:]


def _keyword(chunk: Chunk) -> str | None:
    """In lower case; None for a chunk that is no text."""
    return chunk.body.split(b"\0", 1)[0].decode("latin-1").lower() if chunk.kind in _READ else None


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _plain(body: bytes) -> bytes | None:
    _word, found, text = body.partition(b"\0")
    return text if found else None


def _packed(body: bytes) -> bytes | None:
    _word, found, rest = body.partition(b"\0")
    return _inflated(rest[1:]) if found and rest[:1] == b"\0" else None


def _international(body: bytes) -> bytes | None:
    _word, found, rest = body.partition(b"\0")
    parts = rest[2:].split(b"\0", 2)
    if not found or len(parts) < 3:
        return None
    return _inflated(parts[2]) if rest[:1] == b"\1" else parts[2]


def _inflated(packed: bytes) -> bytes | None:
    """As much as a card may have, and one byte more."""
    try:
        return zlib.decompressobj().decompress(packed, MOST_TEXT + 1)
    except zlib.error:
        return None


_READ = {b"tEXt": _plain, b"zTXt": _packed, b"iTXt": _international}
