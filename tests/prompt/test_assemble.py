"""What holds in every request of every conversation, whatever was said, failed, was refused or asked anew in it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roleplay.prompt.budget import tokens
from roleplay.prompt.values import Block
from roleplay.providers.dialects import kimi
from roleplay.providers.dialects.values import Wish
from tests.kimi import refusal
from tests.prompt.heads import system_prompt
from tests.prompt.simulation import GREETING, PERSONA, SHEET, Chat, chats, trees

WISH = Wish(model="kimi-k2.6", reply_tokens=64, user="somebody")
HEAD = system_prompt(SHEET, PERSONA)
thoroughly = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])


def wire(chat: Chat) -> list[list[dict[str, object]]]:
    """The messages of each request as the provider gets them."""
    return [list(kimi.request(asked.prompt, WISH).messages) for asked in chat.asked]


def after_the_last_system_prompt(blocks: tuple[Block, ...]) -> list[Block]:
    last = max(index for index, block in enumerate(blocks) if block.role == "system")
    return list(blocks[last + 1 :])


@given(chats())
@thoroughly
def test_fewer_than_n_replies_stand_between_the_last_system_prompt_and_the_partial_message(chat):
    for asked in chat.asked:
        since = after_the_last_system_prompt(asked.prompt.blocks)
        replies = [block for block in since if block.role == "assistant" and block.text != GREETING]
        assert len(replies) < chat.every


@given(chats(every=st.integers(0, 9)))
@thoroughly
def test_the_system_prompt_stands_first_and_once_more_at_most_in_the_same_bytes(chat):
    for messages in wire(chat):
        said = [message for message in messages if message["role"] == "system"]
        assert messages[0] is said[0]
        assert len(said) <= (2 if chat.every else 1)
        assert all(message == {"role": "system", "content": HEAD} for message in said)


@given(chats())
@thoroughly
def test_nothing_but_system_messages_stands_between_a_due_repeat_and_the_partial_message(chat):
    for asked in chat.asked:
        due = asked.number % chat.every == 0
        assert (asked.prompt.blocks[-1].reason == "reinforcement") == due


@given(chats())
@thoroughly
def test_the_repeat_stays_before_the_newest_reply_that_was_due(chat):
    for asked in chat.asked:
        start = asked.prompt.window_start
        view = [line for line in asked.scene.lines if line.depth >= start and line.text]
        due = asked.due_depth
        if due is None or due < start:
            expected = [line.text for line in view]
        else:
            before = [line.text for line in view if line.depth < due]
            expected = [*before, HEAD, *(line.text for line in view if line.depth >= due)]
        assert [block.text for block in asked.prompt.blocks] == [HEAD, *expected]


@given(chats(every=st.integers(0, 9)))
@thoroughly
def test_a_request_repeats_the_one_before_it_unless_the_window_or_the_repeat_moved(chat):
    for earlier, later in pairwise(chat.asked):
        window_moved = later.prompt.window_start != earlier.prompt.window_start
        repeat_moved = earlier.due_depth is not None and later.due_depth != earlier.due_depth
        if not (window_moved or repeat_moved or later.edited):
            assert later.prompt.blocks[: len(earlier.prompt.blocks)] == earlier.prompt.blocks


@given(chats(every=st.integers(0, 9)))
@thoroughly
def test_the_window_moves_only_forward_and_keeps_to_the_budget(chat):
    starts = [asked.prompt.window_start for asked in chat.asked]
    assert starts == sorted(starts)
    for asked in chat.asked:
        history = [block for block in asked.prompt.blocks if block.reason == "history"]
        taken = asked.prompt.tokens + tokens(asked.scene.text)
        assert taken <= chat.budget or len(history) <= 1
        newest = asked.scene.lines[-1]
        assert history[-1].text == newest.text


@given(chats(every=st.integers(0, 9)))
@thoroughly
def test_every_request_is_one_that_the_provider_accepts(chat):
    for asked, messages in zip(chat.asked, wire(chat), strict=True):
        assert refusal({**kimi.request(asked.prompt, WISH).options, "messages": messages}) is None
        assert all(str(message["content"]).strip() for message in messages[:-1])
        names = {message["name"] for message in messages if message["role"] == "assistant"}
        assert names == {"Mira Vance"}
        assert messages[-1]["partial"] is True
        assert messages[-1]["content"] == asked.scene.text


@given(trees())
@thoroughly
def test_whatever_is_changed_fewer_than_n_replies_stand_after_the_system_prompt(chat):
    for asked in chat.asked:
        since = after_the_last_system_prompt(asked.prompt.blocks)
        assert sum(block.role == "assistant" for block in since if block.depth) < asked.every


@given(trees())
@thoroughly
def test_whatever_is_changed_the_head_stays_and_stands_at_most_twice_and_no_reply_is_empty(chat):
    for asked in chat.asked:
        blocks = asked.prompt.blocks
        said = [block.text for block in blocks if block.role == "system"]
        assert blocks[0].text == HEAD
        assert said in ([HEAD], [HEAD, HEAD])
        assert all(block.text.strip() for block in blocks)
        assert (blocks[-1].reason == "reinforcement") == asked.reinforced


@given(trees())
@thoroughly
def test_whatever_is_changed_the_window_never_goes_back_on_its_path(chat):
    for asked in chat.asked:
        assert asked.prompt.window_start >= asked.scene.window_start
        assert [block.depth for block in asked.prompt.blocks if block.depth is not None] == sorted(
            line.depth
            for line in asked.scene.lines
            if line.text.strip() and line.depth >= asked.prompt.window_start
        )
