"""Ordinary prose comes through the guard as it was said, and no phrase that was planted in it does."""

from __future__ import annotations

import random

from roleplay.turns.guard import Guard, Rules
from tests.planting import CHECKS, PROSE, good, is_broken, planted

RULES = Rules.of(CHECKS, names=("Mira",), user="Ada")
MOST_CUT = 0.005  # of the lines


def guarded(chance: random.Random, text: str) -> tuple[str, bool]:
    """What passes of the text, cut up at random, and whether it was cut."""
    guard, passed, at = Guard(RULES), "", 0
    longest = chance.choice([1, 4, 30, len(text)])
    while at < len(text):
        piece = text[at : at + chance.randint(1, longest)]
        at += len(piece)
        step = guard.add(piece)
        passed += step.text
        if step.cut:
            return passed, True
    step = guard.flush()
    return passed + step.text, step.cut is not None


def test_prose_is_let_through_as_it_is():
    chance = random.Random(6)
    through = [guarded(chance, line) for line in PROSE]

    assert len(set(PROSE)) == 2000
    cut = [line for line, (_, cut) in zip(PROSE, through, strict=True) if cut]
    assert len(cut) <= MOST_CUT * len(PROSE), cut
    assert [passed for passed, cut in through if not cut] == [line for line in PROSE if line not in cut]


def test_no_planted_phrase_passes():
    chance = random.Random(7)
    lines = [planted(chance, chance.choice(good())) for _ in range(1000)]

    for line in lines:
        passed, cut = guarded(chance, line)
        assert cut, line
        assert line.startswith(passed)
        assert not is_broken(passed), line
