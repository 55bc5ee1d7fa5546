"""Text as the databases and the wire can hold it. Cleaned once, at the door, and never after."""

from __future__ import annotations

import unicodedata


def clean(text: str) -> str:
    """Without NUL; surrogate pairs joined, lone surrogates replaced by U+FFFD. Nothing is trimmed."""
    text = text.replace("\0", "")
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean_name(name: str) -> str:
    """A name that may stand in a message header: no control characters, `"`, `<|` or `|>`; at most 64 code points."""
    kept = "".join(c for c in clean(name) if c.isprintable() and c != '"')
    while "<|" in kept or "|>" in kept:  # taking one out may leave another
        kept = kept.replace("<|", "").replace("|>", "")
    return kept.strip()[:64].rstrip()


def plain(text: str) -> str:
    """For comparing: without case and width, and with single spaces alone."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
