"""The text so far, repeated by a provider at the head of its answer."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from roleplay.providers.echo import Echo

TEXT = "*She looks up.* “你好 \N{GRINNING FACE},"


def heard(text, *pieces, sure=False):
    """All that is new in an answer that ends well."""
    echo = Echo(text, sure=sure)
    return joined("".join(map(echo.add, pieces)) + echo.end())


def joined(text):
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def in_halves(text):
    """The text with each pair as two surrogates, as a stream brings them."""
    units = text.encode("utf-16-le")
    return "".join(chr(units[i] | units[i + 1] << 8) for i in range(0, len(units), 2))


@pytest.mark.parametrize(
    ("text", "answer", "new"),
    [
        pytest.param(TEXT, TEXT + " she says.", " she says.", id="repeated"),
        pytest.param(TEXT, TEXT, "", id="repeated, and nothing to add"),
        pytest.param(TEXT, " she says.", " she says.", id="not repeated"),
        pytest.param(TEXT, TEXT[:-1] + ".", TEXT[:-1] + ".", id="almost repeated"),
        pytest.param(TEXT, TEXT[:-1], TEXT[:-1], id="ends in the midst of it"),
        pytest.param(TEXT, TEXT + TEXT, TEXT, id="twice: the second is the reply's"),
        pytest.param(TEXT, "So. " + TEXT, "So. " + TEXT, id="not at the head"),
        pytest.param(TEXT, " \n" + TEXT + " she", " she", id="after white space"),
        pytest.param(TEXT, " \n" + TEXT[:7], " \n" + TEXT[:7], id="white space that is the reply's own"),
        pytest.param("\n " + TEXT, TEXT + " she", " she", id="without the white space at its head"),
        pytest.param(TEXT, " \n", " \n", id="white space alone"),
        pytest.param("", "Hello.", "Hello.", id="no text"),
        pytest.param(" ", " Hello.", " Hello.", id="a text of white space"),
        pytest.param("x" * 15 + "y", "x" * 15 + "yz", "z", id="16 are enough"),
        pytest.param("x" * 16, "x" * 17, "x" * 17, id="a text that repeats itself is not recognised"),
        pytest.param("x" * 15, "x" * 17, "x" * 17, id="15 are not"),
        pytest.param("\N{GRINNING FACE}" * 8, "\N{GRINNING FACE}" * 9, "\N{GRINNING FACE}" * 9, id="8 pairs are not"),
        pytest.param("\n" + "x" * 15, "x" * 17, "x" * 17, id="white space does not count"),
    ],
)  # fmt: skip
def test_what_is_new_wherever_the_answer_is_cut(text, answer, new):
    for whole in (answer, in_halves(answer)):
        assert heard(text, *whole) == new
        for cut in range(len(whole) + 1):
            assert heard(text, whole[:cut], whole[cut:]) == new


@pytest.mark.parametrize(("sure", "new"), [(True, "!"), (False, "Hm!")])
def test_a_short_text_is_dropped_only_from_a_provider_that_repeats(sure, new):
    assert heard("Hm", "H", "m!", sure=sure) == new


def test_what_may_be_a_repetition_is_held_and_no_longer():
    echo = Echo("Once upon a time there was", sure=False)

    assert [echo.add(piece) for piece in ("\n", "Once", " upon", "", " my", " word", "")] == [
        "", "", "", "", "\nOnce upon my", " word", "",
    ]  # fmt: skip
    assert echo.end() == ""


def test_after_the_repetition_everything_passes_at_once():
    echo = Echo("Hm", sure=True)

    assert [echo.add(piece) for piece in ("H", "m, ", "Hm", " Hm")] == ["", ", ", "Hm", " Hm"]
    assert echo.end() == ""


@pytest.mark.parametrize(("text", "sure"), [("", True), (" ", True), ("Hm", False)])
def test_where_nothing_is_expected_nothing_is_held(text, sure):
    echo = Echo(text, sure=sure)

    assert [echo.add(piece) for piece in (" ", "H", "m")] == [" ", "H", "m"]


texts = st.text(st.sampled_from("ab \n\N{GRINNING FACE}凯"), max_size=24) | st.text(max_size=24)


@st.composite
def cut_anywhere(draw, text):
    cuts = sorted(draw(st.lists(st.integers(0, len(text)))))
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


@given(texts, texts, st.text(" \n\t", max_size=3), st.booleans(), st.data())
@settings(deadline=None)
def test_a_repetition_is_dropped_wherever_it_is_cut(text, rest, space, sure, data):
    assume(text.strip() and (sure or len(text.lstrip()) >= 16))

    pieces = data.draw(cut_anywhere(in_halves(space + text + rest)))

    assert heard(text, *pieces, sure=sure) == rest


@given(texts, texts, st.booleans(), st.data())
@settings(deadline=None)
def test_what_is_no_repetition_comes_out_as_it_came(text, answer, sure, data):
    assume(not text.strip() or not answer.lstrip().startswith(text.lstrip()))

    pieces = data.draw(cut_anywhere(in_halves(answer)))

    assert heard(text, *pieces, sure=sure) == answer


@given(st.text(), st.lists(st.text(st.characters())), st.booleans())
@settings(deadline=None)
def test_whatever_comes_only_the_head_may_be_missing(text, pieces, sure):
    assert joined("".join(pieces)).endswith(heard(text, *pieces, sure=sure))
