"""A reply that was cut: it is told who it is and what to avoid, directly before its own words."""

from __future__ import annotations

from typing import Any

import pytest

from roleplay.prompt.assemble import assemble
from roleplay.prompt.checks import Break
from roleplay.prompt.values import Line, Persona, Prompt, Scene, Sheet

AVOIDS = (Break("machine", "As an AI"), Break("never_says", "okay\n {{char}}"))


def told(avoids: tuple[Break, ...] = AVOIDS, language: str = "en", **more: Any) -> Prompt:
    sheet = Sheet(name="Mira", description="{{char}} draws maps.", language=language, **more)
    lines = tuple(
        Line("user" if depth % 2 else "assistant", "Ada" if depth % 2 else "Mira", "Yes.", depth, depth == 4)
        for depth in range(8)
    )
    return assemble(
        Scene(sheet=sheet, persona=Persona("Ada"), lines=lines, note="It rains.", avoids=avoids, text="So be")
    )


def test_it_stands_last_and_the_repeat_nowhere_else():
    before, cut = told(()), told()
    head = before.blocks[0].text

    assert [block.reason for block in before.blocks].index("reinforcement") == 5
    assert [block.reason for block in cut.blocks] == ["head", *["history"] * 8, "note", "cut"]
    assert cut.blocks[-1].text.startswith(head + "\n\n")
    assert cut.blocks[-1].tokens > before.blocks[0].tokens
    assert cut.text == "So be"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "Go on with Mira's reply from the words that stand there now. Mira is no AI, model or assistant, and never "
            "speaks as one. Mira never says: “okay {{char}}”.",
        ),
        (
            "zh",
            "从现有的文字接着写Mira的回复。Mira不是人工智能、模型或助手，也绝不以其口吻说话。Mira从不说：“okay {{char}}”。",
        ),
    ],
)
def test_it_says_what_to_avoid_once(language: str, line: str):
    assert told((*AVOIDS, AVOIDS[0]), language).blocks[-1].text.endswith("\n\n" + line)


def test_its_author_may_word_it():
    block = told(when_cut="{{user}} waits for {{char}}. {{original}}").blocks[-1]

    assert "\n\nAda waits for Mira. Go on with" in block.text
    assert told(when_cut="Think of the river.").blocks[-1].text.endswith("\n\nThink of the river.")


def test_it_follows_the_short_reminder_too():
    assert told(reminder="Be Mira.").blocks[-1].text.startswith("Be Mira.\n\nGo on")
