"""What any character can do, say and ask: the shape of the demo model's own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Repertoire:
    """`{char}` is the character, `{phrase}` what the user said.

    `answers` and `questions_at` are by the mood of the user's words; an answer's first sentence can stand
    alone. `named` and `questions_named` take a phrase that names a thing, `quoted` any. `lines` are what a user may
    say, `lines_named` with a phrase of what the character said.
    """

    openings: tuple[str, ...]
    beats: tuple[str, ...]
    named: tuple[str, ...]
    quoted: tuple[str, ...]
    answers: dict[str, tuple[str, ...]]
    musings: tuple[str, ...]
    questions: tuple[str, ...]
    questions_named: tuple[str, ...]
    questions_at: dict[str, tuple[str, ...]]
    drifted: tuple[str, ...]
    lines: tuple[str, ...]
    lines_named: tuple[str, ...]
