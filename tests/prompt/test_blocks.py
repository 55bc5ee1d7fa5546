"""The system prompt: its sections, its two languages, and what is text and what is template."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.prompt.values import Persona, Sheet
from tests.prompt.heads import system_prompt

ADA = Persona("Ada", "A surveyor with one good eye.")
MIRA = Sheet(
    name="Mira Vance",
    nickname="Mira",
    description="{{char}} draws maps.",
    personality="Patient with rivers, not with people.",
    background="She lost a town once.",
    speech="Short sentences.",
    quotes=("A map is a promise, {{user}}.",),
    situations=(("{{user}} lies", "she folds the map away."),),
    scenario="A ferry house in flood.",
    rules="One day at most passes in a reply.",
    examples="{{user}}: Where?\n{{char}}: There.",
)
TEXTS = ["description", "personality", "background", "speech", "scenario", "rules", "examples"]
LANGUAGES = ["en", "zh"]
HEADINGS = {
    "en": ["Who Mira is", "Personality", "Background", "Manner of speech", "Scenario", "How Mira acts", "Who Ada is",
           "Rules", "Example"],
    "zh": ["Mira是谁", "性格", "来历", "说话方式", "场景", "Mira如何应对", "Ada是谁", "场景规则", "对话示例"],
}  # fmt: skip


def mira(**changes: Any) -> Sheet:
    return replace(MIRA, **changes)


def headings(prompt: str) -> list[str]:
    return [line.removeprefix("# ") for line in prompt.splitlines() if line.startswith("# ")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sections_stand_in_their_order(language):
    prompt = system_prompt(mira(language=language), ADA)

    found = headings(prompt)
    assert len(found) == len(HEADINGS[language])
    assert all(heading.startswith(start) for heading, start in zip(found, HEADINGS[language], strict=True)), (
        found
    )
    assert not headings(prompt.split("\n\n")[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_plays_whom_comes_first(language):
    opening = system_prompt(mira(language=language), ADA).split("\n\n")[0]

    assert opening == system_prompt(Sheet(name="Mira", language=language), Persona("Ada"))
    assert "Mira" in opening and "Ada" in opening and "{{" not in opening


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("blank", ["", " ", "\n\t\n"])
@pytest.mark.parametrize("field", TEXTS)
def test_an_empty_section_leaves_no_trace(field, blank, language):
    sheet, persona = Sheet(name="Mira", language=language), Persona("Ada")

    assert system_prompt(replace(sheet, **{field: blank}), persona) == system_prompt(sheet, persona)
    assert system_prompt(sheet, Persona("Ada", blank)) == system_prompt(sheet, persona)


@pytest.mark.parametrize("parts", [{"quotes": (" ",)}, {"situations": ((" ", "\n"),)}], ids=str)
def test_a_blank_quote_or_situation_leaves_no_trace(parts):
    assert system_prompt(mira(**parts), ADA) == system_prompt(mira(**dict.fromkeys(parts, ())), ADA)


@pytest.mark.parametrize("field", TEXTS)
def test_each_section_says_what_its_author_wrote(field):
    with_it = system_prompt(MIRA, ADA)
    without = system_prompt(mira(**{field: ""}), ADA)

    written = getattr(MIRA, field).replace("{{char}}", "Mira").replace("{{user}}", "Ada")
    assert written in with_it
    assert written not in without


def test_quotes_and_situations_are_lists_with_their_names_filled_in():
    prompt = system_prompt(MIRA, ADA)

    assert "Mira says things like:\n- A map is a promise, Ada." in prompt
    assert "- When Ada lies, she folds the map away." in prompt
    assert "- 当Ada lies，she folds the map away." in system_prompt(mira(language="zh"), ADA)


@pytest.mark.parametrize("text", ["{{char}} and {{user}}", "<BOT> {{weather}}", "%s %(name)s {0}", r"\1"])
def test_a_personas_text_is_never_a_template(text):
    assert f"# Who Ada is\n{text}\n" in system_prompt(MIRA, Persona("Ada", text))
    assert f"- When {text} lies, she" in system_prompt(MIRA, Persona(text))


@given(st.fixed_dictionaries({field: st.sampled_from(["", " ", "She draws."]) for field in TEXTS}))
@settings(deadline=None)
def test_whatever_is_left_empty_the_others_stand_with_one_blank_line_between(texts):
    prompt = system_prompt(Sheet(name="Mira", **texts), Persona("Ada"))

    assert len(headings(prompt)) == sum(text == "She draws." for text in texts.values())
    assert "\n\n\n" not in prompt
    assert prompt == system_prompt(Sheet(name="Mira", **texts), Persona("Ada"))


def test_every_field_of_a_sheet_changes_the_prompt():
    plain = system_prompt(MIRA, ADA)
    changed = {"quotes": ("Other.",), "situations": (("asked", "she nods."),), "language": "zh"}

    elsewhere = {
        "name",
        "post_history",
        "depth_prompt",
        "depth_prompt_depth",
        "depth_prompt_role",
        "reminder",
        "when_cut",
        "tags",
        "hidden",
    }
    for field in fields(MIRA):
        if field.name not in elsewhere:
            other = changed.get(field.name, "Other.")
            assert system_prompt(mira(**{field.name: other}), ADA) != plain, field.name
