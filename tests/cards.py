"""PURE: card files as programs write them, made byte by byte."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

Json = dict[str, Any]

V1: Json = {
    "name": "Mira",
    "description": "{{char}} draws maps.",
    "personality": "Patient.",
    "scenario": "By the river.",
    "first_mes": "You are late.",
    "mes_example": "<START>\n{{user}}: Where?\n{{char}}: There.",
}


def v2(**changes: Any) -> Json:
    data = {
        **V1,
        "creator_notes": "Be kind to her.",
        "system_prompt": "",
        "post_history_instructions": "",
        "alternate_greetings": ["Again you."],
        "tags": ["Slow", "river"],
        "creator": "Ada",
        "character_version": "1",
        "extensions": {},
    }
    return {"spec": "chara_card_v2", "spec_version": "2.0", "data": {**data, **changes}}


def v3(**changes: Any) -> Json:
    data = v2(group_only_greetings=[], **changes)["data"]
    return {"spec": "chara_card_v3", "spec_version": "3.0", "data": data}


def written(card: Json) -> bytes:
    return json.dumps(card, ensure_ascii=False).encode()


def chunk(kind: bytes, body: bytes, crc: int | None = None) -> bytes:
    checksum = zlib.crc32(kind + body) if crc is None else crc
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)


def text_chunk(word: str, card: Json | bytes, **more: Any) -> bytes:
    text = card if isinstance(card, bytes) else base64.b64encode(written(card))
    return chunk(b"tEXt", word.encode() + b"\0" + text, **more)


def png(
    *, before: bytes = b"", after: bytes = b"", size: tuple[int, int] = (8, 8), data: bytes | None = None
) -> bytes:
    """A picture with chunks before and after its image data."""
    width, height = size
    rows = b"".join(b"\0" + b"\x80\x40\x20" * width for _ in range(height)) if data is None else data
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    image = chunk(b"IDAT", zlib.compress(rows) if data is None else data)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + image + after + chunk(b"IEND", b"")


def png_card(card: Json, word: str = "chara") -> bytes:
    return png(before=text_chunk(word, card))


def charx(card: Json | None, files: dict[str, bytes] | None = None, **more: Any) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if card is not None:
            archive.writestr("card.json", written(card))
        for path, content in (files or {}).items():
            archive.writestr(path, content)
    return target.getvalue()


def jpeg() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "brown").save(target, "JPEG")
    return target.getvalue()
