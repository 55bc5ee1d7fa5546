"""What is written as a macro and stays as it is."""

from __future__ import annotations

import pytest

from roleplay.prompt.macros import Macros, left, names
from roleplay.prompt.work import Work


@pytest.mark.parametrize(
    ("written", "stays"),
    [
        ("{{char}} waits for {{user}}.", []),
        ("{{weather}} and {{char}}", [("{{weather}}", True)]),
        ("{{weather {{char}}}}", [("{{weather Mira}}", True)]),
        ("{{roll::x}} {{roll::1d6}}", [("{{roll::x}}", True)]),
        ("{{/if}} {{}}", [("{{/if}}", True), ("{{}}", True)]),
        ("{{// a note}} {{trim}} {{random::a::b}}", []),
        ("{{char", [("{{char", False)]),
        ("{{char waits for ever and ever", [("{{char waits for eve", False)]),
        ("{{char} } {{user}}", [("{{char} } {{user}}", False)]),
        ("{char} }} <b>", []),
    ],
)
def test_what_stays(written: str, stays: list[tuple[str, bool]]):
    assert left(written, Macros(values=names("Mira", "Ada"))) == stays


def test_what_is_not_looked_at_is_not_said_to_be_unknown():
    assert left("{{char}} {{weather}}", Macros(values=names("Mira", "Ada"), work=Work(1))) == []
