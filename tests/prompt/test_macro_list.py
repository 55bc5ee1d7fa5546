"""Every macro, in a scene: in what is told for one turn, and in the head, where nothing may change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.prompt.assemble import assemble
from roleplay.prompt.macros import MOST_TEXT, Macros, expand, names
from roleplay.prompt.values import Line, Persona, Scene, Sheet

SCENE = Scene(
    sheet=Sheet(
        name="Mira Vance",
        nickname="Mira",
        description="{{char}} draws maps.",
        personality="Dry.",
        scenario="A ferry.",
        examples="{{char}}: There.",
        system_prompt="Be {{char}}.",
        depth_prompt="Mind the river.",
    ),
    persona=Persona("Ada", "A {{surveyor}}."),
    lines=(
        Line("assistant", "Mira", "You are late.", 0),
        Line("user", "Ada", "The {{char}} rose.", 1),
    ),
    model="kimi-k2.6",
    chat="chat",
    build="reply",
    began=datetime(2026, 1, 5, 9, 30, tzinfo=UTC),
    now=datetime(2026, 11, 24, 15, 4, 5, tzinfo=UTC),
    idle=timedelta(minutes=5),
)


def noted(text: str, scene: Scene = SCENE) -> str:
    """What the macros of a note come to: it is told for one turn."""
    told = [
        block.text for block in assemble(replace(scene, note=f"[{text}]")).blocks if block.reason == "note"
    ]
    return told[0][1:-1]


def headed(text: str, scene: Scene = SCENE) -> str:
    """What they come to in the head."""
    told = assemble(replace(scene, sheet=replace(scene.sheet, rules=f"[{text}]"))).blocks[0].text
    return told.split("[", 1)[1].split("]")[0]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{{char}} {{user}} {{bot}}", "Mira Ada Mira"),
        ("<USER> <BOT> <CHAR> <GROUP> <CHARIFNOTGROUP>", "Ada Mira Mira Mira Mira"),
        ("{{group}} {{groupNotMuted}} {{charIfNotGroup}} {{notChar}}", "Mira Mira Mira Ada"),
        ("{{persona}}", "A {{surveyor}}."),
        ("{{description}} {{personality}} {{scenario}}", "Mira draws maps. Dry. A ferry."),
        ("{{mesExamples}} {{charPrompt}}", "Mira: There. Be Mira."),
        ("{{charInstruction}}{{charDepthPrompt}}", "Mind the river."),
        ("{{lastMessage}} {{input}}", "The {{char}} rose. The {{char}} rose."),
        ("{{lastUserMessage}} {{lastCharMessage}} {{lastMessageId}}", "The {{char}} rose. You are late. 1"),
        ("{{time}}, {{date}}, {{weekday}}", "3:04 PM, November 24, 2026, Tuesday"),
        ("{{isotime}} {{isodate}}", "15:04 2026-11-24"),
        ("{{datetimeformat::YYYY/MM/DD HH:mm:ss}}", "2026/11/24 15:04:05"),
        ("{{datetimeformat dddd, Do MMMM [at] h A}}", "Tuesday, 24th November at 3 PM"),
        ("{{idleDuration}}", "5 minutes"),
        ("a{{newline}}b{{noop}}{{// a comment}}{{//x}}{{comment:x}}{{hidden_key:dragon}}", "a\nb"),
        ("a\n\n{{trim}}\nb", "ab"),
        ("{{reverse::abc}} {{reverse::{{user}}}}", "cba adA"),
        ("{{model}} {{maxPrompt}}{{summary}}", "kimi-k2.6 32768"),
        ("{{random::a}} {{pick::b}} {{random:c}} {{random d}}", "a b c d"),
        ("{{random:a\\,b}}", "a,b"),
        ("{{roll::1d1}} {{roll:1}} {{roll 3d1+4}}", "1 1 7"),
        ("{{roll::0d6}} {{roll::x}} {{roll::1d6x}}", "{{roll::0d6}} {{roll::x}} {{roll::1d6x}}"),
        ("{{outlet::nowhere}}", ""),
        (
            "{{getvar::x}} {{setvar::x::1}} {{if x}}y{{/if}}",
            "{{getvar::x}} {{setvar::x::1}} {{if x}}y{{/if}}",
        ),
        ("{{weather {{char}}}} {{{char}}} {{char", "{{weather Mira}} {Mira} {{char"),
        ("{{original}}", "{{original}}"),
    ],
)
def test_what_is_told_for_one_turn(written, said):
    assert noted(written) == said.strip() if written != "{{outlet::nowhere}}" else noted(written) == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{{char}} {{user}} {{description}}", "Mira Ada Mira draws maps."),
        ("{{lastMessage}}{{input}}{{lastMessageId}}", "0"),
        ("{{time}} {{isodate}} {{idleDuration}}", "9:30 AM 2026-01-05 just now"),
    ],
)
def test_the_head_is_as_the_conversation_began(written, said):
    assert headed(written) == said


def test_the_clock_speaks_chinese():
    chinese = replace(SCENE, sheet=replace(SCENE.sheet, language="zh"))

    assert (
        noted("{{time}} {{date}} {{weekday}} {{idleDuration}}", chinese)
        == "15:04 2026年11月24日 星期二 5分钟"
    )


@pytest.mark.parametrize("macro", ["{{random::a::b::c::d::e::f::g::h}}", "{{roll::1d1000}}"])
def test_what_is_thrown_anew_in_the_tail_is_kept_in_the_head(macro):
    scenes = [replace(SCENE, build=str(number)) for number in range(20)]

    assert len({noted(macro, scene) for scene in scenes}) > 3
    assert len({headed(macro, scene) for scene in scenes}) == 1
    assert noted(macro) == noted(macro)
    assert len({headed(macro, replace(SCENE, chat=str(number))) for number in range(20)}) > 3


def test_a_pick_stays_for_the_conversation_at_its_place():
    pick = "{{pick::a::b::c::d::e::f::g::h}}"

    assert len({noted(pick, replace(SCENE, build=str(number))) for number in range(20)}) == 1
    assert len({noted("x" * number + pick)[number:] for number in range(20)}) > 3


def test_an_override_brings_in_what_it_replaces_once():
    ours = (
        assemble(replace(SCENE, sheet=replace(SCENE.sheet, system_prompt=""))).blocks[0].text.split("\n\n")[0]
    )
    own = replace(SCENE.sheet, system_prompt="{{original}} Be brief.{{original}}")

    assert assemble(replace(SCENE, sheet=own)).blocks[0].text.split("\n\n")[0] == f"{ours} Be brief."


def test_a_field_does_not_bring_in_itself():
    sheet = replace(SCENE.sheet, description="She: {{description}}")

    assert "She: She: {{description}}" in assemble(replace(SCENE, sheet=sheet)).blocks[0].text


def test_what_users_say_is_no_template():
    told = [block.text for block in assemble(SCENE).blocks if block.reason == "history"]

    assert told == ["You are late.", "The {{char}} rose."]


@pytest.mark.parametrize(
    "text", ["{{" * 60_000, "{{a" * 60_000 + "}}" * 60_000, "{{user}}" * 20_000, "}}" * 60_000]
)
def test_no_text_makes_it_grow_without_end(text):
    user = "Ada" * 1000

    assert len(expand(text, Macros(values=names("Mira", user)))) <= len(text) + MOST_TEXT + len(user)


@given(st.text("{}:ausr ,\\", max_size=60))
def test_whatever_is_written_comes_to_something(text):
    assert isinstance(expand(text, Macros(values=names("Mira", "Ada"))), str)
