"""What a card file may be at most, and what is said of one that cannot be read."""

from __future__ import annotations

MOST_BYTES = 10 * 1024 * 1024  # of a file
MOST_UNPACKED = 50 * 1024 * 1024  # bytes of all that is in it
MOST_FILES = 200  # in an archive
MOST_JSON = 2 * 1024 * 1024  # bytes
DEEPEST = 32  # objects and arrays within each other
MOST_ENTRIES = 5000  # of the lorebooks
MOST_PARTS = 1000  # greetings, quotes or situations


class CardError(Exception):
    """Why a file cannot be read as a card, as a sentence for the person who gave it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
