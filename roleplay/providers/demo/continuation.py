"""PURE: how a reply goes on from a text that is already there, and the pieces in which it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator

BYTES_A_TOKEN = 4
_RECOGNISED = 16  # characters in common that tell that a text comes from the reply

_PIECE = re.compile(
    r"\s*(?:[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]{1,2}|[^\s\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+)|\s+"
)
_CLOSED_BY = {"*": "*", '"': '"', "“": "”", "「": "」"}
_ENDED = tuple('.!?…。！？—~*"”」)）')


def rest(reply: str, content: str) -> str:
    """What is to follow `content`.

    Where that is a beginning of the reply, the two give the whole of it, white space included. Elsewhere
    the reply is joined to it, always at the same place: cut again, it goes on to the same text.
    """
    if reply.startswith(content):
        return reply[len(content) :]
    bare = content.rstrip()
    if reply.startswith(bare):
        return reply[len(bare) :].lstrip()
    if end := _met(reply, bare):
        return reply[end:] if bare == content else reply[end:].lstrip()
    return _joint(content) + reply


def cut(text: str, most_tokens: int | None, stops: tuple[str, ...]) -> tuple[str, str]:
    """The part of `text` that may be sent, and its finish reason."""
    for stop in stops:
        text = text.split(stop, 1)[0]
    raw = text.encode()
    if most_tokens is None or len(raw) <= most_tokens * BYTES_A_TOKEN:
        return text, "stop"
    return raw[: most_tokens * BYTES_A_TOKEN].decode(errors="ignore"), "length"


def pieces(text: str, together: int = 1) -> Iterator[str]:
    """A word, or one or two Chinese characters, with the white space before them; or so many of these `together`."""
    found = [match[0] for match in _PIECE.finditer(text)]
    return ("".join(found[at : at + together]) for at in range(0, len(found), together))


def tokens(text: str) -> int:
    """An estimate."""
    return -(-len(text.encode()) // BYTES_A_TOKEN)


def _met(reply: str, content: str) -> int:
    """Where in the reply the content ends, or 0: by the longest ending of it that stands in the reply, and
    that is long or begins where an action or a speech begins in both.
    """
    best = longest = 0
    open_in_reply, open_in_content = list(_open(reply)), list(_open(content))
    for end in range(1, len(reply) + 1):
        common = _common_ending(reply[:end], content)
        starts = (
            back
            for back in range(common, 0, -1)
            if reply[end - back] in _CLOSED_BY
            and not open_in_reply[end - back]
            and not open_in_content[-back - 1]
        )
        length = max(common if common >= _RECOGNISED else 0, next(starts, 0))
        if length > longest:
            best, longest = end, length
    return best


def _common_ending(one: str, other: str) -> int:
    pairs = zip(reversed(one), reversed(other), strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _open(text: str) -> Iterator[str]:
    """Before each character and at the end: the mark that would close what is open there."""
    closing = ""
    yield closing
    for char in text:
        if char == closing:
            closing = ""
        elif not closing:
            closing = _CLOSED_BY.get(char, "")
        yield closing


def _joint(content: str) -> str:
    *_, closing = _open(content)
    if closing:
        dots = "" if closing == "*" or content.rstrip().endswith(_ENDED) else "…"
        return f"{dots}{closing}\n\n"
    if content[-1:].isspace():
        return ""
    if content.endswith(_ENDED):
        return "\n\n"
    return "" if "\u3000" <= content[-1] <= "\uffef" else " "
