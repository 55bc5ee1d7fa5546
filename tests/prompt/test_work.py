"""A prompt is made of whatever was written: what is too much is left out, and it says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roleplay.prompt.assemble import assemble
from roleplay.prompt.values import Cut, Line, Persona, Prompt, Scene, Sheet
from roleplay.prompt.work import Work
from tests.prompt.books import book, entry, said, told, why_not

SCENE = Scene(
    sheet=Sheet(name="Mira", description="A ferrywoman."),
    persona=Persona("Ada"),
    lines=(Line("assistant", "Mira", "You are late.", 0), Line("user", "Ada", "The salt, please.", 1)),
    length=2,
)


def described(description: str) -> Scene:
    return replace(SCENE, sheet=replace(SCENE.sheet, description=description))


def missed(prompt: Prompt) -> set[str]:
    return {each.why for each in prompt.lore.missed}


def test_work_that_was_refused_once_is_over():
    work = Work(10)

    assert [work.spend(6), work.spend(5), work.spend(1), work.over] == [True, False, False, True]


def test_macros_past_what_may_be_done_stay_and_are_told_of():
    prompt = assemble(described("{{roll:1d1}} {{weather}}" * 1000))

    assert Cut("macros", None) in prompt.cuts
    assert "\n1 {{weather}}1 {{weather}}" in prompt.blocks[0].text
    assert "{{roll:1d1}}" in prompt.blocks[0].text


def test_what_a_turn_takes_leaves_the_head_as_it_is():
    plain = described("{{user}} " * 1000)
    greedy = replace(plain, books=(book(entry("dice", "salt", content="{{roll:1d6}}" * 1000)),))

    assert assemble(greedy).blocks[0].text == assemble(plain).blocks[0].text
    assert Cut("macros", None) in assemble(greedy).cuts


@pytest.mark.parametrize(
    "key",
    ["{{random::a::b}} %d", "/(ferry|salt) %d/i", "salt %d"],
    ids=["macros", "patterns", "words"],
)
def test_lorebooks_that_ask_for_too_much_are_told_of(key):
    greedy = book(*(entry(str(at), *(f"{key % at} {each}" for each in range(20))) for at in range(2000)))

    assert missed(assemble(replace(SCENE, books=(greedy,)))) == {"work"}


def test_what_is_found_before_it_is_too_much_is_told():
    first = entry("first", "salt", order=200)
    chain = (
        entry(str(at), f"word {at - 1}." if at else "first", content=f"word {at}.") for at in range(5000)
    )

    lore = said(book(first, *chain, recursive=True), messages=("The salt.",), budget=100_000)

    assert "first" in told(lore)
    assert why_not(lore) == {"": "work"}


def test_entries_that_ignore_the_budget_end_somewhere():
    greedy = (entry(str(at), "salt", content="x" * 400, ignore_budget=True) for at in range(30))

    lore = said(book(*greedy), messages=("The salt.",), budget=1000)

    assert len(told(lore)) == 20
    assert set(why_not(lore).values()) == {"budget"}


def test_a_broken_pattern_never_matches_and_hurts_no_other():
    lore = said(book(entry("broken", "/(?<=a)(/"), entry("whole", "salt")), messages=("The salt.",))

    assert told(lore) == ["whole"]


@pytest.mark.parametrize("budget", [0, 1, 20, 200])
def test_a_budget_for_nothing_still_makes_a_prompt(budget):
    prompt = assemble(replace(SCENE, budget=budget))

    assert prompt.blocks[-1].text == "The salt, please."
    assert all(block.text for block in prompt.blocks)
    assert {cut.what for cut in prompt.cuts} & {"opening", "prompt"}
