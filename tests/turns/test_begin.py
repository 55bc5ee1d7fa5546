"""How a reply begins: what is decided at that time and stored, so that later prompts read it."""

from __future__ import annotations

import pytest

from tests.cast import make_character, make_conversation
from tests.turns.steps import answered, claimed, reply_of


@pytest.mark.parametrize(
    ("of_conversation", "of_character", "of_site", "due"),
    [
        pytest.param(None, None, 2, [2, 4], id="the site's number"),
        pytest.param(None, 3, 2, [3], id="the character's before it"),
        pytest.param(1, 3, 2, [1, 2, 3, 4], id="the conversation's before both"),
        pytest.param(None, 0, 2, [], id="0 turns it off"),
        pytest.param(0, 3, 2, [], id="in a conversation too"),
    ],
)
def test_each_nth_reply_is_marked(ada, settings, of_conversation, of_character, of_site, due):
    settings.REINFORCE_EVERY = of_site
    conversation = make_conversation(ada, make_character(reinforce_every=of_character))
    conversation.reinforce_every = of_conversation
    conversation.save()

    replies = [answered(ada, conversation) for _ in range(4)]

    assert [reply.reply_number for reply in replies] == [1, 2, 3, 4]
    assert [reply.reply_number for reply in replies if reply.reinforced == "schedule"] == due


def test_a_mark_stays_when_the_number_changes(ada, conversation, settings):
    settings.REINFORCE_EVERY = 1
    marked = answered(ada, conversation)

    settings.REINFORCE_EVERY = 0
    unmarked = answered(ada, conversation)

    marked.refresh_from_db()
    assert (marked.reinforced, unmarked.reinforced) == ("schedule", "")


def test_a_failed_reply_counts_as_one(ada, conversation, settings):
    settings.REINFORCE_EVERY = 2
    failed = answered(ada, conversation, gained=False, error="silence")

    assert answered(ada, conversation).reinforced == "schedule"
    assert (failed.reply_number, failed.reinforced) == (1, "")


def test_a_reply_has_its_speaker_and_its_prefix_before_the_model_is_asked(ada):
    mira = make_character(nickname="Mi", reply_prefix="*{{char}} looks at {{user}}.* \n")
    conversation = make_conversation(ada, mira)

    claim = claimed(ada, conversation)

    reply = reply_of(claim)
    assert (reply.name, reply.cast_member) == ("Mi", conversation.cast.get())
    assert reply.text == claim.text == "*Mi looks at ada.*"
