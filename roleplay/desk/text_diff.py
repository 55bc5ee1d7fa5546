"""What changed between two texts, by words or Chinese characters, in parts that people can read.

The way from one to the other is that of Myers (“An O(ND) Difference Algorithm”, 1986): its work is known while it is
done, so that it can be bounded. Where it is too far, sentences or whole lines take the place of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import Literal, NamedTuple

from roleplay.prompt.work import Work

Kind = Literal["same", "gone", "new"]
Part = tuple[Kind, str]

MOST_STEPS = 1_000_000  # in all
MOST_DIFFERENCES = 400  # of two stretches that are compared by the word
LEAST_SAME = 4  # code points between two changes: less says nothing by itself
ALIKE = 1 / 4  # of the longer one: with less in common they are told apart as wholes
KEPT = 60  # code points at each end of what did not change

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCE = re.compile(r"[^.!?。！？…]*[.!?。！？…]+[”’」』\"*)]*\s*|[^.!?。！？…]+")
_WORD = re.compile(r"\s+|[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:['’-][^\W\u3400-\u9fff]+)*|[^\w\s]")


def compared(old: str, new: str, work: Work | None = None) -> list[Part]:
    """The parts of both in order: what is the same and gone is the old text, what is the same and new the new one.

    `work` is how many steps it may take, MOST_STEPS where none is given.
    """
    return compared_items(_LINE.findall(old), _LINE.findall(new), work)


def compared_items(old: Sequence[str], new: Sequence[str], work: Work | None = None) -> list[Part]:
    """The same of two lists: items that changed are compared by the word."""
    work = work or Work(MOST_STEPS)
    runs = _runs(old, new, work)
    if runs is None:
        return _merged(_by_words("".join(old), "".join(new), work))
    parts: list[Part] = []
    for same, gone, added in runs:
        parts.append(("same", "".join(same)))
        if len(gone) == len(added):
            for one, other in zip(gone, added, strict=True):
                parts += _by_words(one, other, work)
        else:
            parts += _by_words("".join(gone), "".join(added), work)
    return _merged(parts)


def shortened(parts: Sequence[Part]) -> list[Part]:
    """With “…” for what stands in the middle of a long stretch that did not change."""
    last = len(parts) - 1
    return [
        (kind, _ends(text, first=number == 0, last=number == last) if kind == "same" else text)
        for number, (kind, text) in enumerate(parts)
    ]


def _by_words(old: str, new: str, work: Work) -> list[Part]:
    for pieces in (_WORD, _SENTENCE):
        runs = _runs(pieces.findall(old), pieces.findall(new), work)
        same = sum(len(piece.strip()) for run in runs or () for piece in run.same)
        if runs is not None and same >= ALIKE * max(len(old.strip()), len(new.strip())):
            return _without_crumbs([part for run in runs for part in run.parts()])
    return [("gone", old), ("new", new)]


def _without_crumbs(parts: Sequence[Part]) -> list[Part]:
    """What is the same and says nothing by itself belongs to the changes around it."""
    told = [part for part in parts if part[1]]
    last = len(told) - 1
    kept: list[Part] = []
    for number, (kind, text) in enumerate(told):
        if kind == "same" and 0 < number < last and len(text.strip()) < LEAST_SAME:
            kept += [("gone", text), ("new", text)]
        else:
            kept.append((kind, text))
    return kept


def _merged(parts: Sequence[Part]) -> list[Part]:
    """Between what is the same, what is gone and then what is new, each in one part."""
    merged: list[Part] = []
    for is_same, group in groupby((part for part in parts if part[1]), lambda part: part[0] == "same"):
        together = list(group)
        kinds: tuple[Kind, ...] = ("same",) if is_same else ("gone", "new")
        said = [(kind, "".join(text for each, text in together if each == kind)) for kind in kinds]
        merged += [part for part in said if part[1]]
    return merged


class _Run(NamedTuple):
    """What is the same, and what follows it in the old one alone and in the new one alone."""

    same: Sequence[str]
    gone: Sequence[str]
    new: Sequence[str]

    def parts(self) -> list[Part]:
        return [("same", "".join(self.same)), ("gone", "".join(self.gone)), ("new", "".join(self.new))]


def _runs(old: Sequence[str], new: Sequence[str], work: Work) -> list[_Run] | None:
    """None where they differ too much."""
    begin = _in_common(zip(old, new, strict=False))
    end = _in_common(zip(reversed(old[begin:]), reversed(new[begin:]), strict=False))
    pairs = _pairs(old[begin : len(old) - end], new[begin : len(new) - end], work)
    if pairs is None:
        return None
    every = [
        *((at, at) for at in range(begin)),
        *((begin + one, begin + other) for one, other in pairs),
        *((len(old) - at, len(new) - at) for at in range(end, 0, -1)),
    ]
    return list(_between(old, new, every))


def _between(old: Sequence[str], new: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Iterator[_Run]:
    """`pairs` are the places of what stands in both."""
    since = at = there = 0
    for one, other in [*pairs, (len(old), len(new))]:
        if (one, other) != (at, there):
            yield _Run(old[since:at], old[at:one], new[there:other])
            since = one
        at, there = one + 1, other + 1
    if since < len(old):
        yield _Run(old[since:], (), ())


def _in_common(pairs: Iterable[tuple[str, str]]) -> int:
    """How many of the first pairs are of the same."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _pairs(old: Sequence[str], new: Sequence[str], work: Work) -> list[tuple[int, int]] | None:
    """Where the same stands in both, in order: as much of it as there can be. None where it takes too many steps."""
    furthest = {1: 0}  # by diagonal, how much of the old one is read
    before: list[dict[int, int]] = []
    for differences in range(min(len(old) + len(new), MOST_DIFFERENCES) + 1):
        before.append(dict(furthest))
        steps = 2 * differences + 1
        for diagonal in range(-differences, differences + 1, 2):
            came = _came_from(furthest, diagonal, differences)
            at = begun = furthest[came] + (came < diagonal)
            while at < len(old) and at - diagonal < len(new) and old[at] == new[at - diagonal]:
                at += 1
            furthest[diagonal] = at
            steps += at - begun
            if at >= len(old) and at - diagonal >= len(new):
                return _way_back(before, len(old), len(new))
        if not work.spend(steps):
            return None
    return None


def _came_from(furthest: dict[int, int], diagonal: int, differences: int) -> int:
    """The diagonal from which one more difference leads furthest to this one."""
    if diagonal == -differences or (
        diagonal != differences and furthest[diagonal - 1] < furthest[diagonal + 1]
    ):
        return diagonal + 1
    return diagonal - 1


def _way_back(before: Sequence[dict[int, int]], at: int, there: int) -> list[tuple[int, int]]:
    pairs = []
    for differences in range(len(before) - 1, -1, -1):
        furthest = before[differences]
        came = _came_from(furthest, at - there, differences)
        one, other = furthest[came], furthest[came] - came
        while at > one and there > other:
            at, there = at - 1, there - 1
            pairs.append((at, there))
        at, there = one, other
    return pairs[::-1]


def _ends(text: str, *, first: bool, last: bool) -> str:
    """What stands beside a change: the end of what comes before it, the beginning of what comes after."""
    kept = KEPT * ((not first) + (not last))
    if len(text) <= kept + LEAST_SAME or (first and last):
        return text
    begin = "" if first else text[:KEPT]
    end = "" if last else text[-KEPT:]
    return f"{begin}…{end}"
