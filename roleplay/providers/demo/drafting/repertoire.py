"""What a draft is made of besides its premise: the shape of the demo model's words in each language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Where such a character is met. `signs` is a pattern of words that lead there, one without any is for all.

    `task` is what stands after "she", `sound` can be heard, `calls` is what a guest is called there.
    """

    signs: str
    tag: str
    thing: str
    place: str
    hour: str
    task: str
    sound: str
    calls: str


@dataclass(frozen=True, kw_only=True)
class Temper:
    """How a character is. `gestures` are what stands after "she", `adjective` in "be … ."."""

    signs: str
    tag: str
    adjective: str
    personality: str
    speech: str
    gestures: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Words:
    """Every text may have slots: `{name}`, `{she}`, `{thing}` and so on; `sketch.Sketch.slots` says which there are.

    One that needs what the premise does not tell is not used.

    `texts` are whole values by key, and "" those of a key that is not known. A greeting is an arrival, a line, a
    doing and a question. `strangers` are premises for those who have none, `lone_deeds` what somebody does of whom
    nothing is told but who it is, `somebody` who it is of whom only that is told, `nameless` of whom only the name.
    `being` is spoken of where a premise names no thing.
    """

    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    stages: tuple[Stage, ...]
    tempers: tuple[Temper, ...]
    strangers: tuple[str, ...]
    nameless: str
    somebody: str
    being: str
    lone_deeds: tuple[str, ...]
    catchwords: tuple[str, ...]
    wants: tuple[str, ...]
    secrets: tuple[str, ...]
    texts: dict[str, tuple[str, ...]]
    quotes: tuple[str, ...]
    situations: tuple[tuple[str, str], ...]
    arrivals: tuple[str, ...]
    lines: tuple[str, ...]
    doings: tuple[str, ...]
    questions: tuple[str, ...]
    short_greetings: tuple[str, ...]
    never_says: tuple[str, ...]
    most_words: int
