"""PURE: the text so far, where a provider repeats it at the head of its answer."""

from __future__ import annotations

SURE = 16  # code points: a text of that length comes back by repetition, and not by chance


class Echo:
    """Eats the pieces of an answer, cut anywhere, and drops the repetition of `text` at their head.

    `sure`: the provider is known to repeat, so that a short text is taken for a repetition too.
    White space before the text counts for nothing, neither in the text nor in the answer: some
    providers put it there, others take it away. It is dropped with the repetition, and only then.
    """

    def __init__(self, text: str, *, sure: bool) -> None:
        text = text.lstrip()
        self._due = _units(text) if sure or (len(text) >= SURE and not _repeats(text)) else b""
        self._matched = 0  # bytes of what is due
        self._held: list[str] = []

    def add(self, piece: str) -> str:
        """What of the piece is new. What may yet turn out to be the repetition is held."""
        if not self._due:
            return piece
        came = _units(piece if self._matched else piece.lstrip())
        due = len(self._due) - self._matched
        if len(came) < due and self._due.startswith(came, self._matched):
            self._matched += len(came)
            self._held.append(piece)
            return ""
        if came.startswith(self._due[self._matched :]):
            self.end()
            return _text(came[due:])
        return self.end() + piece

    def end(self) -> str:
        """What is still held when the stream ended well: the reply's own words, since no repetition came of them."""
        held, self._held, self._due = "".join(self._held), [], b""
        return held


def _repeats(text: str) -> bool:
    """Whether it is one piece again and again: such a text goes on as an echo of it would."""
    return text in (text + text)[1:-1]


def _units(text: str) -> bytes:
    """UTF-16, in which a pair is the same bytes whether its halves came in one piece or in two."""
    return text.encode("utf-16-le", "surrogatepass")


def _text(units: bytes) -> str:
    return units.decode("utf-16-le", "surrogatepass")
