"""PURE: the text of a reply so far."""

from __future__ import annotations

from roleplay.prompt.text import clean


class Door:
    """Cleans text that comes in pieces. A high surrogate at the end of one is held back until its other half comes."""

    def __init__(self) -> None:
        self._half = ""

    def add(self, piece: str) -> str:
        piece, self._half = self._half + piece, ""
        if piece and "\ud800" <= piece[-1] <= "\udbff":
            piece, self._half = piece[:-1], piece[-1]
        return clean(piece)


class Draft:
    """Eats pieces of text. `text` is what may be saved and shown: it only ever grows.

    White space at the end is held back until text follows it: so that what is saved is always a
    valid partial content, and a continuation, in which the model says it again, does not double it.
    """

    def __init__(self, text: str = "") -> None:
        self.text = text.rstrip()
        self._held = ""
        self._door = Door()

    def add(self, piece: str) -> bool:
        """Whether there is more to show now."""
        piece = self._held + self._door.add(piece)
        shown = piece.rstrip()
        self._held = piece[len(shown) :]
        self.text += shown
        return bool(shown)

    def cut(self) -> None:
        """The stream has ended here: what is held back is dropped, for a continuation says it again."""
        self._held, self._door = "", Door()
