"""The pure model: whatever is cut off and asked for anew, the reply comes out whole."""

from __future__ import annotations

import openai
import pytest

from tests.endpoint import Endpoint
from tests.oracle import continuing
from tests.providers.asking import reply_of

REPLY = "*Mira looks up.*\n\n「你好，Ada。」 \N{SLIGHTLY SMILING FACE}\n\nStay a while."


@pytest.mark.parametrize("cut", [1, 7, None])
async def test_the_oracle_continues_from_what_was_saved(endpoint, cut):
    endpoint.script = continuing(REPLY, cut)

    saved, finish = "", "length"
    while finish == "length":
        text, finish = await reply_of(endpoint, partial=saved.rstrip())
        saved = saved.rstrip() + text

    assert (saved, finish) == (REPLY, "stop")


async def test_the_oracle_has_nothing_to_add_to_a_whole_reply(endpoint):
    endpoint.script = continuing(REPLY)

    assert await reply_of(endpoint, partial=REPLY) == ("", "stop")


async def test_the_oracle_tells_of_a_text_that_it_never_said():
    with pytest.raises(AssertionError, match="Never"):
        async with Endpoint(script=continuing(REPLY)) as endpoint:
            with pytest.raises(openai.APIConnectionError):
                await reply_of(endpoint, partial="Never")
