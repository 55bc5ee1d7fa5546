"""A model that is a pure function of the conversation, so that what came of a reply can be judged."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from tests import behaviours
from tests.behaviours import Behaviour, Piece, Script
from tests.kimi import Body

PIECE = 3  # code points of one delta

Said = tuple[tuple[str, str], ...]
"""What was said before a reply: role and text of each message, without system messages."""

_WORDS = [
    "the",
    "river,",
    "and",
    "it",
    "moves.",
    "“Late?”",
    "*She*",
    "looks",
    "up",
    "at",
    "lamp",
    "maps",
    "河流",
    "还有",
    "“你呢？”",
    "说",
    "👩\u200d👩\u200d👧",
    "é̀",
    "\u200fשלום",
    "—",
    "no;",
    "**never**",
    "`again`",
    "one\n\ntwo",
    "[three]",
    "😀",
    "_four_",
    "five…",
    "six",
]


def reply_to(said: Said, had: str = "", *, words: int = 60) -> str:
    """What the model says: always the same to the same. With `had`, how a model goes on that does not remember
    what it was about to say.
    """
    seed = hashlib.sha256(repr((said, had)).encode()).digest()
    chosen = random.Random(seed)
    return " ".join(chosen.choices(_WORDS, k=chosen.randint(words // 2, words))).strip()


@dataclass(frozen=True)
class Asked:
    """One request: `had` is the text so far that it brought, `answer` what was to follow that."""

    said: Said
    had: str
    answer: str


class Outcomes(Protocol):
    """What a model may have said."""

    def outcomes(self, said: Said) -> set[str]:
        """The texts that a finished reply may have."""
        ...


@dataclass
class Oracle:
    """A script that answers by `reply_to`, with `pace` seconds between two pieces, and keeps what it was asked.

    `steady`: it goes on to the same whole from wherever it was cut. Else it goes on differently after each
    cut, so that text that was shown and then lost is caught.
    """

    steady: bool = True
    pace: float = 0.0
    words: int = 60
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, body: Body) -> Behaviour:
        said, had = said_before(body), said_so_far(body)
        answer = self._whole(said)[len(had) :] if self.steady else self._further(said, had)
        if self.steady:
            assert self._whole(said).startswith(had), f"{had!r} does not begin {self._whole(said)!r}"
        self.asked.append(Asked(said, had, answer))
        return behaviours.say(*_paced(answer, self.pace))

    def outcomes(self, said: Said) -> set[str]:
        """The texts that a finished reply may have."""
        return {asked.had + asked.answer for asked in self.asked if asked.said == said}

    def _whole(self, said: Said) -> str:
        return reply_to(said, words=self.words)

    def _further(self, said: Said, had: str) -> str:
        more = reply_to(said, had, words=self.words)
        return f" {more}" if had else more


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
        return behaviours.say(*_paced(now), finish="stop" if now == rest else "length")

    return script


def said_so_far(body: Body) -> str:
    """The content of the partial message without white space at its end; empty where there is none."""
    last = body["messages"][-1]
    return (last.get("content") or "").rstrip() if last.get("partial") else ""


def said_before(body: Body) -> Said:
    messages = body["messages"][:-1] if body["messages"][-1].get("partial") else body["messages"]
    return tuple((each["role"], each["content"]) for each in messages if each["role"] != "system")


def _paced(text: str, pace: float = 0.0) -> Iterable[Piece]:
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]
        if pace:
            yield pace
