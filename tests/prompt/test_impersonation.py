"""The user's next line: the same head and history, one more word at the end, and the persona's name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roleplay.prompt.assemble import assemble
from roleplay.prompt.values import Line, Persona, Scene, Sheet
from roleplay.providers.dialects import kimi, openai, prefill
from roleplay.providers.dialects.values import Wish

SCENE = Scene(
    sheet=Sheet(name="Mira", description="{{char}} draws maps."),
    persona=Persona("Ada", "A surveyor."),
    lines=(
        Line("assistant", "Mira", "You are late.", 0),
        Line("user", "Ada", "The river rose.", 1),
        Line("assistant", "Mira", "It always does.", 2, reinforced=True),
    ),
)
DRAFT = replace(SCENE, impersonates=True)
WISH = Wish(model="kimi-k2.6", reply_tokens=100, user="u")


def test_what_is_told_before_is_what_a_reply_would_be_told():
    reply, draft = assemble(SCENE), assemble(DRAFT)

    assert draft.blocks[:-1] == reply.blocks
    assert (reply.name, draft.name) == ("Mira", "Ada")


def test_the_last_word_says_who_is_to_speak():
    last = assemble(DRAFT).blocks[-1]

    assert (last.role, last.reason) == ("system", "impersonation")
    assert last.text.startswith("This once, write for Ada instead")
    assert "Mira" in last.text
    assert "{{" not in last.text


def test_it_is_to_be_another_than_those_before():
    last = assemble(replace(DRAFT, drafted=("Show\nme.", "Go on."))).blocks[-1]

    assert last.text.endswith("Let it be another answer than these:\n- Show me.\n- Go on.")


def test_in_chinese():
    last = assemble(replace(DRAFT, sheet=Sheet(name="沈知秋", language="zh"), drafted=("好。",))).blocks[-1]

    assert last.text.startswith("只此一次，改为替Ada写")
    assert last.text.endswith("不要与下面这些相同：\n- 好。")


def test_what_it_takes_counts():
    assert assemble(DRAFT).tokens == assemble(SCENE).tokens + assemble(DRAFT).blocks[-1].tokens
    small = replace(DRAFT, budget=assemble(SCENE).tokens)
    assert len(assemble(small).blocks) < len(assemble(DRAFT).blocks)


@pytest.mark.parametrize("dialect", [kimi, prefill, openai], ids=["kimi", "prefill", "openai"])
def test_each_dialect_is_told_whose_words_are_wanted(dialect):
    last = dialect.request(assemble(DRAFT), WISH).messages[-1]

    assert last.get("name", last["content"]) in ("Ada", "Write the next reply of Ada, and nothing else.")
