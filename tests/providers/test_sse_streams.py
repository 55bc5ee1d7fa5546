"""Generated streams of every form, each cut at every byte: what comes out is always the same."""

from __future__ import annotations

import random

import pytest

from roleplay.providers.sse import Delta
from tests.providers.streams import chunk, decoded, event

STREAMS = 520
A_TEST = 52
SAID = ["a", " b", "河流", "👩\u200d👩\u200d👧", "e\u0301", "\u200f", "“", "\n\n", "\ud83d", 'q"\\', ""]
OTHERS = [b": keep-alive\n\n", b":\n", b"event: message\n", b"id: 7\n", b"retry: 10\n", b"\n", b"\n\n"]


def generated(seed: int) -> tuple[bytes, str, str]:
    """A stream, and the text and the reasoning that it says."""
    chance = random.Random(seed)
    stream, said = b"", {"content": "", "reasoning_content": ""}
    for _ in range(chance.randint(1, 5)):
        key, text = chance.choice(list(said)), "".join(chance.choices(SAID, k=2))
        said[key] += text
        stream += event(chunk(**{key: text}), ascii=chance.random() < 0.5 or "\ud83d" in text)
        stream += chance.choice([b"", *OTHERS])
    stream += chance.choice([b"", event({"choices": [], "usage": {"prompt_tokens": 9}})])
    stream += chance.choice([b"", b"data: [DONE]\n\n", b"data: [DONE]"])
    if chance.random() < 0.5:
        stream = stream.replace(b"\n", b"\r\n")
    return stream, said["content"], said["reasoning_content"]


@pytest.mark.parametrize("first", range(0, STREAMS, A_TEST))
def test_a_stream_says_the_same_wherever_it_is_cut(first: int):
    for seed in range(first, first + A_TEST):
        stream, text, reasoning = generated(seed)
        whole = decoded(stream)

        assert said(whole) == (text, reasoning)
        assert decoded(*(stream[at : at + 1] for at in range(len(stream)))) == whole
        for cut in range(len(stream) + 1):
            assert decoded(stream[:cut], stream[cut:]) == whole, (seed, cut)


def said(deltas: list[Delta]) -> tuple[str, str]:
    return "".join(delta.text for delta in deltas), "".join(delta.reasoning for delta in deltas)
