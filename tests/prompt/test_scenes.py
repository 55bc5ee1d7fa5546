"""Whole prompts, read by people: `scenes/*.json` are scenes, `scenes/*.txt` what the model is told in them.

Where a prompt is to change, write them anew with `python -m tests.prompt.write_scenes`, and read the difference.
"""

from __future__ import annotations

import pytest

from roleplay.prompt.assemble import assemble
from roleplay.providers.dialects import kimi
from roleplay.providers.dialects.values import Wish
from tests.kimi import refusal
from tests.prompt.write_scenes import FILES, FOLDER, scene_of, written

each_scene = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@each_scene
def test_the_prompt_is_the_one_that_was_read(file):
    assert written(assemble(scene_of(file))) == file.with_suffix(".txt").read_text("utf-8")


@each_scene
def test_the_provider_accepts_it(file):
    request = kimi.request(
        assemble(scene_of(file)), Wish(model="kimi-k2.6", reply_tokens=1024, user="somebody")
    )

    assert refusal({**request.options, "messages": list(request.messages)}) is None


def test_no_prompt_is_left_of_a_scene_that_went():
    assert {text.stem for text in FOLDER.glob("*.txt")} == {file.stem for file in FILES}
    assert len(FILES) >= 3


def test_the_scenes_show_what_they_are_there_for():
    repeated, chinese, moved = (
        assemble(scene_of(FOLDER / f"{name}.json"))
        for name in ("a_repeat_is_due", "in_chinese", "the_window_moved")
    )

    assert repeated.blocks[-1].reason == "reinforcement"
    assert repeated.blocks[-1].text == repeated.blocks[0].text
    assert chinese.blocks[0].text.startswith("你")
    assert moved.window_start == 20
    assert [block.reason for block in moved.blocks].count("reinforcement") == 1
