"""A pure model: it knows the whole reply, and continues it from wherever the partial message ends."""

from __future__ import annotations

from tests import behaviours
from tests.behaviours import Behaviour, Script
from tests.kimi import Body

PIECE = 3  # code points of one delta


def continuing(reply: str, cut: int | None = None) -> Script:
    """A script that says what of `reply` the request does not have yet, white space that was dropped first.

    With `cut`, a response ends with the finish `length` after so many code points, that white space not counted.
    For a partial text that is not the beginning of `reply` the endpoint raises AssertionError when it closes.
    """

    def script(body: Body) -> Behaviour:
        had = said_so_far(body)
        assert reply.startswith(had), f"{had!r} does not begin {reply!r}"
        rest = reply[len(had) :]
        space = len(rest) - len(rest.lstrip())
        now = rest if cut is None else rest[: space + cut]
        pieces = (now[start : start + PIECE] for start in range(0, len(now), PIECE))
        return behaviours.say(*pieces, finish="stop" if now == rest else "length")

    return script


def said_so_far(body: Body) -> str:
    """The content of the partial message without white space at its end; empty where there is none."""
    last = body["messages"][-1]
    return (last.get("content") or "").rstrip() if last.get("partial") else ""
