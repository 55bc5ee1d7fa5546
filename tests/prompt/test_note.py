"""The author's note: behind all that the request before it had too."""

from __future__ import annotations

from dataclasses import replace

from roleplay.prompt.assemble import assemble
from roleplay.prompt.record import record_of
from roleplay.prompt.values import Line, Persona, Scene, Sheet

SCENE = Scene(
    sheet=Sheet(name="Mira", description="{{char}} draws maps."),
    persona=Persona("Ada"),
    lines=(Line("assistant", "Mira", "You are late.", 0), Line("user", "Ada", "The river rose.", 1)),
    reinforced=True,
)
NOTED = replace(SCENE, note=" {{user}} is {{tired}}. ")


def test_it_stands_at_the_end_after_a_repeat():
    plain, noted = assemble(SCENE), assemble(NOTED)

    assert noted.blocks[:-1] == plain.blocks
    last = noted.blocks[-1]
    assert (last.role, last.reason, last.text) == ("system", "note", "Ada is {{tired}}.")


def test_a_line_of_the_user_is_asked_for_behind_it():
    reasons = [block.reason for block in assemble(replace(NOTED, impersonates=True)).blocks]

    assert reasons[-2:] == ["note", "impersonation"]


def test_an_empty_one_leaves_no_trace():
    assert assemble(replace(SCENE, note=" \n")) == assemble(SCENE)


def test_the_record_has_what_stands_nowhere_else():
    record = record_of(assemble(NOTED))

    kept = [(block["reason"], block.get("depth"), block.get("text", "")[:12]) for block in record["blocks"]]
    assert kept == [
        ("head", None, "You play Mir"),
        ("history", 0, ""),
        ("history", 1, ""),
        ("reinforcement", None, ""),
        ("note", None, "Ada is {{tir"),
    ]
