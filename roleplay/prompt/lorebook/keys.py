"""Whether the keys of an entry are found, and how many of them."""

from __future__ import annotations

from collections.abc import Sequence

from roleplay.prompt.lorebook.scan import Scan, Where
from roleplay.prompt.lorebook.values import Book, Entry, Hit

SCAN_DEPTH = 2  # messages
MOST_SCAN_DEPTH = 1000


def hit(scan: Scan, entry: Entry, book: Book, *, recursing: bool) -> Hit | None:
    """What brings it in: one of its keys, and as many of the secondary ones as its logic asks for."""
    where = _where(entry, book, recursing=recursing)
    found = scan.first(entry, entry.keys, where)
    if found is None or not entry.selective or not entry.secondary_keys:
        return found
    number = scan.number(entry, entry.secondary_keys, where)
    return found if _holds(entry.logic, number, len(entry.secondary_keys)) else None


def score(scan: Scan, entry: Entry, book: Book, *, recursing: bool) -> int:
    """How many of its keys are found; the secondary ones count where they are wanted."""
    where = _where(entry, book, recursing=recursing)
    if not entry.keys:
        return 0
    primary = scan.number(entry, entry.keys, where)
    if not entry.secondary_keys or entry.logic not in ("and_any", "and_all"):
        return primary
    secondary = scan.number(entry, entry.secondary_keys, where)
    counts = entry.logic == "and_any" or secondary == len(entry.secondary_keys)
    return primary + secondary * counts


def deepest(books: Sequence[Book]) -> int:
    """How many messages are scanned at most."""
    return max((_depth(entry, book) for book in books for entry in book.entries), default=0)


def _holds(logic: str, found: int, all_of_them: int) -> bool:
    return {
        "and_any": found > 0,
        "not_all": found < all_of_them,
        "not_any": found == 0,
        "and_all": found == all_of_them,
    }[logic]


def _where(entry: Entry, book: Book, *, recursing: bool) -> Where:
    return Where(_depth(entry, book), recursing and book.recursive, book.blind)


def _depth(entry: Entry, book: Book) -> int:
    for depth in (entry.scan_depth, book.scan_depth):
        if depth is not None:
            return min(depth, MOST_SCAN_DEPTH)
    return SCAN_DEPTH
