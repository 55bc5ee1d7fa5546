"""Server-sent events, written and read."""

from __future__ import annotations

import json

from roleplay.providers.sse import Decoder, Delta


def event(value: object, *, ascii: bool = False) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=ascii).encode() + b"\n\n"


def chunk(**delta: object) -> dict[str, object]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}


def decoded(*pieces: bytes) -> list[Delta]:
    decoder = Decoder()
    deltas = [delta for piece in pieces for delta in decoder.add(piece)]
    return deltas + decoder.flush()
