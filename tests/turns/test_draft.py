"""The text of a reply so far: it only grows, and it can be cut off and continued anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.prompt.text import clean
from roleplay.turns.draft import Draft

# NUL alone is left out where texts are cut: one between the halves of a pair depends on the place.
said = st.lists(
    st.sampled_from(
        [" ", "\n", "\u3000", "\t", "\N{GRINNING FACE}", "\ud83d", "\ude00", "河", "e\u0301", "word"]
    )
    | st.characters(exclude_characters="\0")
).map("".join)


def units(text: str) -> list[str]:
    """The text in pieces as a stream may bring them: even the halves of a pair come apart."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [raw[i : i + 2].decode("utf-16-le", "surrogatepass") for i in range(0, len(raw), 2)]


@st.composite
def pieces_of(draw: st.DrawFn) -> list[str]:
    whole = units(draw(said))
    cuts = sorted(draw(st.lists(st.integers(0, len(whole)))))
    return ["".join(whole[a:b]) for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]


@given(pieces_of())
@settings(deadline=None)
def test_pieces_cut_anywhere_make_the_same_text(pieces):
    draft, whole = Draft(), Draft()

    for piece in pieces:
        draft.add(piece)
    whole.add("".join(pieces))

    assert draft.text == whole.text
    half = "".join(pieces)[-1:]
    expected = "".join(pieces)[:-1] if "\ud800" <= half <= "\udbff" else "".join(pieces)
    assert draft.text == clean(expected).rstrip()


@given(pieces_of(), st.lists(st.booleans()))
@settings(deadline=None)
def test_the_text_only_grows_and_can_always_be_saved_and_sent(pieces, cuts):
    draft = Draft("A prefix")

    for piece, cut in zip(pieces, [*cuts, *[False] * len(pieces)], strict=False):
        before = draft.text
        grew = draft.add(piece)
        if cut:
            draft.cut()
        assert draft.text.startswith(before)
        assert grew == (draft.text != before)
        assert draft.text == draft.text.rstrip()
        draft.text.encode()


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0")), st.lists(st.integers(0, 30), max_size=6)
)
@settings(deadline=None)
def test_a_continuation_that_says_again_what_was_dropped_makes_the_whole_reply(reply, breaks):
    draft = Draft()

    for heard in breaks:
        for piece in units(reply[len(draft.text) :])[:heard]:
            draft.add(piece)
        draft.cut()
    draft.add(reply[len(draft.text) :])

    assert draft.text == reply.rstrip()


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        pytest.param(["Yes.", " \n"], "Yes.", id="held back"),
        pytest.param(["Yes.", " \n", "No."], "Yes. \nNo.", id="until text follows"),
        pytest.param([" ", "\n", " Yes"], " \n Yes", id="at the beginning too"),
        pytest.param(["\ud83d"], "", id="a high surrogate waits"),
        pytest.param(["\ud83d", "\ude00"], "\N{GRINNING FACE}", id="for its other half"),
        pytest.param(["\ud83d", "x"], "\ufffdx", id="which never came"),
        pytest.param(["\ude00"], "\ufffd", id="a low surrogate waits for nothing"),
        pytest.param(["Y\0es"], "Yes", id="NUL"),
        pytest.param(["", ""], "", id="nothing"),
    ],
)
def test_pieces_become_text(pieces, text):
    draft = Draft()

    for piece in pieces:
        draft.add(piece)

    assert draft.text == text


def test_what_is_held_back_is_dropped_where_the_stream_ends():
    draft = Draft("Yes.  ")
    draft.add(" \ud83d")

    draft.cut()
    draft.add("\ude00No")

    assert draft.text == "Yes.\ufffdNo"


def test_a_piece_that_shows_nothing_says_so():
    draft = Draft()

    assert [draft.add(piece) for piece in ["", " ", "a", "\n", "b"]] == [False, False, True, False, True]
