"""The guard: what may become a break is held, a break is cut, and all else comes through as it was said."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from roleplay.prompt.checks import Checks, breaks
from roleplay.prompt.speakers import wrong_speakers
from roleplay.prompt.text import clean
from roleplay.turns.guard import Guard, Passed, Rules
from tests.faults.test_odd_text import ODD, units

CHECKS = Checks(
    never_says=("okay", "对不起", "ma mi", "café", "/so[, ]+well/i", "/^hm/", "/bye.$/", "/ok\\.$/m")
)
NAMES = ("Mira",)
RULES = Rules.of(CHECKS, names=NAMES, user="Zoé_B")

# Letters that begin what is looked for, so that much is held and let go again.
near = st.lists(
    st.sampled_from(
        ["as an", " ", "ai", "AI", "i am a ", "chatbot", "对不", "起", "okay", "ok", "ay", "ma ", "mi", "cafe", "\u0301"]
        + ["Zoe", "\u0301_b", "_", ":", "**", "\n", "x", "//", "Tom", "阿绯", "：", ".", ",", "so", "well", "hm", "bye", "“"]
    )
    | st.characters(exclude_characters="\0", exclude_categories=["Cs"]),
    max_size=24,
).map("".join)  # fmt: skip


def pieces(text: str, cuts: list[int]) -> list[str]:
    places = sorted({min(cut, len(text)) for cut in cuts})
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


def watched(rules: Rules, *parts: str, said: str = "") -> Passed:
    """All that passed, and the cut."""
    guard, passed = Guard(rules, said), ""
    for part in parts:
        step = guard.add(part)
        passed += step.text
        if step.cut:
            return Passed(passed, step.cut)
    last = guard.flush()
    return Passed(passed + last.text, last.cut)


def rules(*never: str, **more) -> Rules:
    return Rules.of(Checks(never_says=never, **more), names=NAMES, user="Ada")


def guarding(text: str) -> set[str]:
    """What the checks find in the whole text; another speaker only where that is sure."""
    found = {each.check for each in breaks(text, CHECKS, names=NAMES, user="Zoé_B", language="en")}
    return found - {"other_name"} | {wrong.check for wrong in wrong_speakers(text, RULES.speakers)}


@given(near, st.lists(st.integers(0, 120), max_size=30))
@example("Zoe\u0301_B__: x", list(range(20)))
def test_it_cuts_where_the_checks_would_find_a_break_and_nowhere_else(text: str, cuts: list[int]):
    passed, cut = watched(RULES, *pieces(text, cuts))

    assert bool(cut) == bool(guarding(text))
    if cut:
        assert text.startswith(passed)
        assert cut.check not in guarding(passed)
    else:
        assert passed == text


@given(near, st.lists(st.integers(0, 120), max_size=30))
def test_how_the_stream_is_cut_makes_no_difference_to_what_is_found(text: str, cuts: list[int]):
    whole, parts = watched(RULES, text), watched(RULES, *pieces(text, cuts))

    assert bool(whole.cut) == bool(parts.cut)


@given(near, st.integers(0, 40))
def test_what_was_said_before_is_never_found_again_but_goes_on(text: str, place: int):
    said, more = text[:place], text[place:]
    passed, cut = watched(RULES, more, said=said)

    assert more.startswith(passed)
    if not guarding(said):
        assert cut or passed == more
        assert not guarding(said + passed)


@pytest.mark.parametrize(
    ("never", "parts", "passed", "left_out"),
    [
        (("okay",), ("The river rose. She", " nods. Ok", "ay, then."), "The river rose. She nods. ", "Okay, then."),
        (("okay",), ("The river rose and ok", "ay, then."), "The river rose and ", "okay, then."),
        (("okay",), ("Okay, then.",), "", "Okay, then."),
        (("对不起",), ("河水涨了，她说：对不", "起，我忘了。"), "河水涨了，她说：", "对不起，我忘了。"),
        (("/so[, ]+well/",), ("It rained. And so", ", well, it rains."), "It rained.", " And so, well, it rains."),
        ((), ("She waits.\n\n**Ada:", "** I come."), "She waits.\n\n", "**Ada:** I come."),
        ((), ("Tom", ":", " “I come.”"), "", "Tom: “I come.”"),
        ((), ("As a", "n AI, I",), "", "As an AI, I"),
        (("/.*/",), ("Yes. No.",), "", "Yes. No."),
    ],
)  # fmt: skip
def test_a_reply_is_cut_at_its_last_good_clause(never, parts, passed, left_out):
    step = watched(rules(*never), *parts)

    assert step.text == passed
    assert step.cut and step.cut.left_out == left_out


@pytest.mark.parametrize(
    ("never", "piece", "passed"),
    [
        (("okay",), "The river rose", "The river rose"),
        (("okay",), "The river is ok", "The river is "),
        (("okay",), "The river is oak", "The river is oak"),
        (("okay then now",), "The okay  then", "The "),
        (("okay",), "The smok", "The smok"),
        (("café",), "The cafe", "The "),
        (("état",), "The xx e", "The xx "),
        (("河水涨了",), "她望着远处说河水", "她望着远处说"),
        (("河水涨了",), "阿绯说河", ""),
        (("/x/",), "One clause. And half of", "One clause."),
        (("/x/",), "word " * 50, "word " * 39 + "word"),
        ((), "She waits.\nAd", "She waits.\n"),
        ((), "She waits.\nAnd", "She waits.\nAnd"),
        ((), "Tom nods", "Tom nods"),
        ((), "她说：“走吧。”", "她说：“走吧。”"),
        ((), "Listen: “The bell.”", "Listen: “The bell.”"),
        ((), "Chapter One: The River", "Chapter One: The River"),
        ((), "Tom", ""),
        ((), "Mira: Ad", "Mira: Ad"),
        (("okáy",), "It is oka", "It is "),
        (("okáy",), "It is okan", "It is okan"),
    ],
)
def test_only_what_may_become_a_break_is_held(never, piece, passed):
    guard = Guard(rules(*never))

    assert guard.add(piece).text == passed
    rest = guard.flush()
    assert (passed + rest.text, rest.cut) == (piece, None)


@pytest.mark.parametrize("never", [("",), ("  ",), ("//",), ("/(/",), (r"/(?<=a)b/",), ("/x*/",)])
def test_a_check_that_says_nothing_or_cannot_be_run_cuts_nothing(never):
    assert watched(rules(*never), "The river", " rose.") == ("The river rose.", None)


def test_the_end_of_a_reply_may_make_the_break():
    assert watched(rules("okay"), "She says okay").cut
    assert watched(rules("/well$/"), "All is well").cut
    assert not watched(rules("/well.$/"), "All is well. She nods.").cut
    assert watched(rules("/well.$/"), "All is", " well", ".").cut
    assert watched(rules("okay"), " and okay.", said="Okay").cut
    assert watched(rules("/okay/i"), " and okay. Fine.", said="Okay").cut
    assert not watched(rules("/^well/"), "x" * 5000 + ". well.").cut


def test_what_only_reports_lets_pass():
    reports = Checks(
        never_says=("okay",), reports_only=frozenset({"never_says", "machine", "users_lines", "other_name"})
    )

    text = "Tom: I am an AI, okay.\nAda: Well."
    assert watched(Rules.of(reports, names=NAMES, user="Ada"), text) == (text, None)


def test_half_a_character_waits_for_its_other_half():
    guard = Guard(rules("😀!"))

    assert guard.add("no \ud83d").text == "no "
    assert guard.add("\ude00").text == ""
    assert guard.add("!").cut


@pytest.mark.parametrize(
    ("said", "piece", "begun"),
    [
        ("It rained. She said, and", " as an AI, no.", "She said, and"),
        ("", "It rained.” As an AI, no.", ""),
        ("雨停了。她说", "，作为一个人工智能", "她说，"),
        ("x" * 500, " as an AI", "x" * 200),
    ],
)
def test_a_cut_knows_how_its_sentence_had_begun(said, piece, begun):
    cut = Guard(RULES, said).add(piece + ".").cut

    assert cut
    assert cut.begun == begun


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_text_comes_through_as_it_was_said(text: str):
    assert watched(RULES, *units(text)) == (clean(text), None)
