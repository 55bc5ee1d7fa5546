"""A server-sent stream, cut anywhere and written in every form that providers write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.providers.sse import MOST_TOKENS, Decoder, Delta, Usage
from tests.providers.streams import chunk, decoded, event

USAGE = {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}


STREAM = (
    b": keep-alive\n\n"
    + event(chunk(role="assistant", content=""))
    + event(chunk(reasoning_content="嗯"))
    + event(chunk(content="你好, \N{GRINNING FACE}"))
    + event({"choices": [{"delta": {}, "finish_reason": "length", "usage": {**USAGE, "cached_tokens": 4}}]})
    + b"data: [DONE]\n\n"
)
DELTAS = [
    Delta(),
    Delta(reasoning="嗯"),
    Delta(text="你好, \N{GRINNING FACE}"),
    Delta(finish="length", usage=Usage(9, 2, 4)),
]


@pytest.mark.parametrize("stream", [STREAM, STREAM.replace(b"\n", b"\r\n")], ids=["LF", "CRLF"])
def test_a_stream_may_be_cut_at_every_byte(stream):
    assert decoded(*(stream[i : i + 1] for i in range(len(stream)))) == DELTAS
    for cut in range(len(stream) + 1):
        assert decoded(stream[:cut], stream[cut:]) == DELTAS


@given(st.lists(st.text()), st.booleans(), st.sampled_from([b"\n", b"\r\n"]), st.data())
@settings(deadline=None)
def test_what_was_said_comes_out_whatever_it_is_and_wherever_it_is_cut(texts, ascii, end, data):
    stream = b"".join(event(chunk(content=text), ascii=ascii) for text in texts).replace(b"\n", end)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)))))

    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]

    assert [delta.text for delta in decoded(*pieces)] == texts


@pytest.mark.parametrize(
    ("stream", "text"),
    [
        pytest.param(b'data:{"choices":[{"delta":{"content":"a"}}]}\n\n', "a", id="no space"),
        pytest.param(b'data: {"choices":[{"delta":\ndata: {"content":"a"}}]}\n\n', "a", id="several lines"),
        pytest.param(b"event: message\nid: 7\nretry: 10\n" + event(chunk(content="a")), "a", id="other fields"),
        pytest.param(b": hm\n" + event(chunk(content="a")) + b":\n\n:\n\n", "a", id="comments"),
        pytest.param(b"\n\n\n" + event(chunk(content="a")), "a", id="blank lines"),
        pytest.param(event(chunk(content="a")).rstrip(), "a", id="no last blank line"),
        pytest.param(event(chunk(content="a")) + b"data: [DONE]", "a", id="[DONE] without its end"),
        pytest.param(event(chunk(content=None)) + event(chunk(content="a")), "a", id="null content"),
        pytest.param(b'data: {"choices": []}\n\n' + event(chunk(content="a")), "a", id="no choices"),
        pytest.param(event({"choices": [{"delta": None}]}) + event(chunk(content="a")), "a", id="null delta"),
        pytest.param(event(chunk(content="\ud83d"), ascii=True), "\ud83d", id="a lone surrogate"),
    ],
)  # fmt: skip
def test_every_form_of_a_stream_is_read(stream, text):
    assert "".join(delta.text for delta in decoded(stream)) == text


def test_nothing_counts_after_done():
    decoder = Decoder()

    before = decoder.add(event(chunk(content="a")))
    assert not decoder.done
    after = decoder.add(b"data: [DONE]\n\n" + event(chunk(content="b")))

    assert decoder.done
    assert ([delta.text for delta in before], after) == (["a"], [])


@pytest.mark.parametrize(
    ("body", "usage"),
    [
        ({"choices": [], "usage": USAGE}, Usage(9, 2, 0)),
        ({"choices": [{"delta": {}, "usage": USAGE}]}, Usage(9, 2, 0)),
        ({"choices": [], "usage": {**USAGE, "cached_tokens": 5}}, Usage(9, 2, 5)),
        ({"choices": [], "usage": {**USAGE, "prompt_tokens_details": {"cached_tokens": 5}}}, Usage(9, 2, 5)),
        ({"choices": [], "usage": {**USAGE, "prompt_tokens_details": None}}, Usage(9, 2, 0)),
        ({"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": None}}, Usage(9, 0, 0)),
        ({"choices": [], "usage": {**USAGE, "cached_tokens": 10}}, Usage(9, 2, 9)),
        (
            {"choices": [], "usage": {"prompt_tokens": 10**30, "completion_tokens": -5}},
            Usage(MOST_TOKENS, 0, 0),
        ),
        ({"choices": [], "usage": None}, None),
    ],
)
def test_usage_is_read_in_every_form(body, usage):
    assert decoded(event(body)) == [Delta(usage=usage)]


def test_an_error_in_mid_stream_is_a_delta_of_its_own():
    body = {"error": {"type": "engine_overloaded_error", "message": "Busy."}}

    assert decoded(event(chunk(content="a")), event(body)) == [Delta(text="a"), Delta(error=body)]
