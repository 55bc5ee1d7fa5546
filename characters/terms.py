"""The terms under which a text is kept for the search, and those that a query asks for. Pure.

A script with spaces gives words. One without them (Han, Kana, Thai …) gives single letters and pairs of neighbours:
nobody need know where its words end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple
from unicodedata import category, normalize

LONGEST = 40  # code points of a term; a longer word is known by its beginning
MOST_ASKED = 16  # terms of one query; what it says beyond them is not looked for

# Thai and Lao; Tibetan and Myanmar; Khmer; Tai Le to Tai Tham; Kana, Bopomofo, Han and Yi; Javanese and more Myanmar.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u1950-\u1aaf\u3005-\u3007\u3040-\u312f\u31a0-\u31ff"
    "\u3400-\ua4cf\ua980-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
_UNSEEN = re.compile("[\u00ad\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # soft hyphens, and how a letter is drawn


class Asked(NamedTuple):
    """What a query asks for: the term itself, or any that begins with it."""

    term: str
    begins: bool


def terms_of(*texts: str) -> set[str]:
    """Terms of at most LONGEST code points."""
    found: set[str] = set()
    for text in texts:
        for spaced, run in _runs(text):
            found |= {run[:LONGEST]} if spaced else {*run, *_pairs(run)}
    return found


def asked_for(query: str) -> list[Asked]:
    """The terms that a text must have to be found, in the query's order: none where it has neither letter nor digit."""
    asked: list[Asked] = []
    for spaced, run in _runs(query):
        terms = [run[:LONGEST]] if spaced else list(_pairs(run)) or [run]
        asked += (Asked(term, spaced) for term in terms)
    return list(dict.fromkeys(asked))[:MOST_ASKED]


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """What stands between spaces and signs, folded, parted where the kind of script changes; whether it has spaces."""
    folded = normalize("NFKC", normalize("NFKC", _UNSEEN.sub("", text)).casefold())
    for spaced, run in groupby(folded, _spaced):
        if spaced is not None:
            yield spaced, "".join(run)


@lru_cache(maxsize=10_000)
def _spaced(char: str) -> bool | None:
    """Whether it is of a script with spaces; None: it is no letter, mark or digit."""
    return not _UNSPACED.match(char) if category(char)[0] in "LMN" else None


def _pairs(run: str) -> Iterator[str]:
    return (first + second for first, second in pairwise(run))
