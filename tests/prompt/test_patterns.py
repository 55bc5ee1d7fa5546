"""Patterns as authors write them: JavaScript's, in an engine that cannot be made to hang."""

from __future__ import annotations

import pytest

from roleplay.prompt.patterns import Unusable, is_pattern, pattern, usable


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        pytest.param("/dragons?/", "two dragons", "dragons", id="plain"),
        pytest.param("/Dragon/", "a dragon", None, id="capitals matter"),
        pytest.param("/Dragon/i", "a dragon", "dragon", id="unless told"),
        pytest.param("/^mira/m", "ada\nmira", "mira", id="lines"),
        pytest.param("/^mira/", "ada\nmira", None, id="the text's beginning alone"),
        pytest.param("/ada$/", "ada\n", None, id="the text's very end"),
        pytest.param("/a.b/s", "a\nb", "a\nb", id="a dot for line breaks"),
        pytest.param("/a.b/", "a\nb", None, id="a dot for the rest"),
        pytest.param(r"/a\/b/g", "a/b", "a/b", id="an escaped slash"),
        pytest.param(r"/[/]x/", "a/x", None, id="an open slash is no pattern's"),
        pytest.param(r"/\u4f60\u{597d}/", "你好", "你好", id="code points"),
        pytest.param(r"/\ud83d\ude00/", "😀", "😀", id="surrogate pairs"),
        pytest.param(r"/a\sb/", "a\u3000b", "a\u3000b", id="wide spaces are white"),
        pytest.param(r"/a[\s,]+b/", "a,\u3000b", "a,\u3000b", id="in brackets, too"),
        pytest.param(r"/a\Sb/", "a\u3000b", None, id="and not black"),
        pytest.param(r"/a[^]b/", "a\nb", "a\nb", id="anything at all"),
        pytest.param(r"/[[]x/", "[x", "[x", id="a bracket in brackets"),
        pytest.param(r"/x]/", "x]", "x]", id="a bracket alone"),
        pytest.param(r"/(?<who>mira|ada)s/", "adas", "adas", id="named groups"),
        pytest.param(r"/(?:龙|竜)/", "一条龙", "龙", id="chinese"),
        pytest.param(r"/\bcat\b/", "concat", None, id="word boundaries"),
    ],
)
def test_it_finds_what_javascript_finds(written, text, found):
    made = usable(written)

    assert (made.search(text) if made else None) == found


@pytest.mark.parametrize(
    "written",
    ["/(?=a)b/", "/(?<!a)b/", r"/(a)\1/", "/(/", "/a{2000}{2000}/", "/" + "a" * 3000 + "/", "/[z-a]/"],
    ids=["ahead", "behind", "back", "unclosed", "too large", "too long", "backwards"],
)
def test_what_cannot_be_run_is_refused_with_a_reason(written):
    with pytest.raises(Unusable, match=r"\w"):
        pattern(written)
    assert usable(written) is None


@pytest.mark.parametrize(
    ("written", "is_one"),
    [
        ("/a/", True),
        (" /a/gi ", True),
        ("a", False),
        ("/a", False),
        ("//", False),
        ("/a/b/", False),
        ("/a/x", False),
    ],
)
def test_a_pattern_stands_between_slashes(written, is_one):
    assert is_pattern(written) is is_one


def test_no_text_makes_it_hang():
    made = pattern("/(a+)+$/")

    assert made.search("a" * 200_000 + "b") is None
