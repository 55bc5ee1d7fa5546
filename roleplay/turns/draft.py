"""PURE: the text of a reply so far."""

from __future__ import annotations

from roleplay.prompt.text import clean


class Draft:
    """Eats pieces of text. `text` is what may be saved and shown: it only ever grows.

    White space at the end is held back until text follows it: so that what is saved is always a
    valid partial content, and a continuation, in which the model says it again, does not double it.
    So is a high surrogate, until its other half comes.
    """

    def __init__(self, text: str = "") -> None:
        self.text = text.rstrip()
        self._held = ""
        self._half = ""

    def add(self, piece: str) -> bool:
        """Whether there is more to show now."""
        piece = self._half + piece
        self._half = ""
        if piece and "\ud800" <= piece[-1] <= "\udbff":
            piece, self._half = piece[:-1], piece[-1]
        piece = self._held + clean(piece)
        shown = piece.rstrip()
        self._held = piece[len(shown) :]
        self.text += shown
        return bool(shown)

    def cut(self) -> None:
        """The stream has ended here: what is held back is dropped, for a continuation says it again."""
        self._held = self._half = ""
