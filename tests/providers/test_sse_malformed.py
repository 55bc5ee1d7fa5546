"""What is no stream of chat completion chunks is told as malformed, and nothing else is raised."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.providers.sse import MOST, Decoder, Malformed
from tests.providers.streams import chunk, decoded, event

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "data",
    [
        b"{", b"null", b"5", b'"text"', b"[]", b"\xff\xfe", b"[DONE", b"<html>", b"[" * 100_000,
        b'{"choices": 5}', b'{"choices": [5]}', b'{"choices": [{"delta": "a"}]}', b'{"usage": 5}',
        b'{"choices": [{"delta": {"content": 5}}]}', b'{"choices": [{"delta": {"content": ["a"]}}]}',
        b'{"usage": {"prompt_tokens": "many"}}', b'{"usage": {"prompt_tokens": Infinity}}',
    ],
    ids=lambda data: data[:60].decode("latin-1"),
)  # fmt: skip
def test_what_is_no_chunk_is_malformed(data):
    with pytest.raises(Malformed):
        decoded(b"data: " + data + b"\n\n")


@given(
    json_values,
    st.sampled_from(["content", "reasoning_content", "finish_reason", "delta", "usage", "choices"]),
)
@settings(deadline=None)
def test_whatever_json_comes_it_is_a_delta_of_texts_or_malformed(value, key):  # fmt: skip
    body = {
        "content": chunk(content=value),
        "reasoning_content": chunk(reasoning_content=value),
        "finish_reason": {"choices": [{"delta": {}, "finish_reason": value}]},
        "delta": {"choices": [{"delta": value}]},
    }.get(key, {key: value})

    try:
        (delta,) = decoded(event(body, ascii=True))
    except Malformed:
        return

    assert all(isinstance(text, str) for text in (delta.text, delta.reasoning, delta.finish))


@pytest.mark.parametrize("line", [b"x" * 65_536, b"data: " + b"x" * 65_536 + b"\n"], ids=["a line", "lines"])
def test_an_event_without_end_is_malformed(line):
    decoder = Decoder()

    with pytest.raises(Malformed):
        for _ in range(2 * MOST // len(line)):
            decoder.add(line)
