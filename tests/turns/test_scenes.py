"""Rows become a scene: what was said, by whom, and nothing of what was not."""

from __future__ import annotations

import pytest

from roleplay.conversations.models import Message, MessageState
from roleplay.prompt.values import Line
from roleplay.turns.scenes import MOST_MESSAGES, load
from tests.cast import GREETING, make_character, make_conversation, make_long
from tests.turns.steps import answered, claimed


def test_a_scene_has_what_was_said_up_to_the_reply(ada, conversation, settings):
    settings.PROMPT_TOKENS = 5000
    settings.REINFORCE_EVERY = 2
    answered(ada, conversation, "Where?", text="There.", reason="stop", window_start=20)

    claim = claimed(ada, conversation, "And now?")
    scene = load(claim).scene

    assert scene.lines == (
        Line("assistant", "Mira", GREETING, 0),
        Line("user", "ada", "Where?", 1),
        Line("assistant", "Mira", "There.", 2),
        Line("user", "ada", "And now?", 3),
    )
    assert (scene.reinforced, scene.window_start, scene.budget, scene.text) == (True, 20, 5000, "")


def test_a_scene_has_the_definition_that_the_conversation_began_with(ada):
    mira = make_character(nickname="Mi", language="zh", scenario="A flood.", rules="Slowly.")
    conversation = make_conversation(ada, mira)
    mira.description = "Somebody else now."
    mira.save()

    sheet = load(claimed(ada, conversation)).scene.sheet

    assert (sheet.char, sheet.language, sheet.scenario, sheet.rules) == ("Mi", "zh", "A flood.", "Slowly.")
    assert sheet.description == "{{char}} draws maps of a river that moves."
    assert sheet.quotes == ("A map is a promise, {{user}}.",)
    assert sheet.situations == (("{{user}} lies", "she folds the map away."),)


@pytest.mark.parametrize(
    ("ending", "texts"),
    [
        pytest.param({"gained": False, "error": "silence"}, ["Foul.", ""], id="a failed reply"),
        pytest.param(
            {"text": "A pre", "gained": False, "error": "silence"}, ["Foul.", ""], id="but for its prefix"
        ),
        pytest.param({"gained": False, "error": "content_filter"}, ["", ""], id="a refused message"),
        pytest.param({"text": "Half", "error": "silence"}, ["Foul.", "Half"], id="an interrupted reply"),
        pytest.param({"text": "Half", "reason": "stopped"}, ["Foul.", "Half"], id="a stopped reply"),
    ],
)
def test_what_was_refused_or_failed_is_left_out_and_keeps_its_mark(
    ada, conversation, settings, ending, texts
):
    settings.REINFORCE_EVERY = 1
    answered(ada, conversation, "Foul.", **ending)

    lines = load(claimed(ada, conversation, "Fair.")).scene.lines

    assert [line.text for line in lines][1:] == [*texts, "Fair."]
    assert [line.reinforced for line in lines] == [False, False, True, False]


def test_what_is_pending_is_left_out(ada, conversation):
    answered(ada, conversation, "One?", text="Seen.", reason="stop")
    claim = claimed(ada, conversation, "Two?")
    Message.objects.filter(text="Seen.").update(state=MessageState.PENDING)

    assert [line.text for line in load(claim).scene.lines][1:] == ["One?", "", "Two?"]


def test_a_resumed_reply_has_its_text_so_far_and_knows_its_prefix(ada):
    conversation = make_conversation(ada, make_character(reply_prefix="*{{char}} nods.*  "))
    claim = claimed(ada, conversation)

    loaded = load(claim)

    assert loaded.scene.text == claim.text == claim.prefix == "*Mira nods.*"


def test_at_most_400_messages_are_read_and_the_cost_does_not_grow(ada, mira, django_assert_num_queries):
    lengths = {}
    for messages in (3, 451):
        conversation = make_conversation(ada, mira)
        make_long(conversation, messages - 1)
        claim = claimed(ada, conversation, "The newest.")
        with django_assert_num_queries(8):
            lines = load(claim).scene.lines
        lengths[messages] = len(lines)
        assert lines[-1].text == "The newest."
        assert [line.depth for line in lines] == list(range(messages + 1 - len(lines), messages + 1))

    assert lengths == {3: 4, 451: MOST_MESSAGES}
