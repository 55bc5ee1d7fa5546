"""Whatever an author writes, the desk has an answer to it, and a short one."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.desk.lint import RULES, findings
from roleplay.desk.lint.finding import FIELDS, MOST
from tests.desk.definitions import MIRA, book, first_prompt, mira

PIECES = st.sampled_from(
    ["{{", "}}", "{", "}", "{{user}}", "{{char}}", "<USER>", "/", "(", "|", "*", "as an AI", "okay", "的", "\n", "Mira:", ":", "“", "”", "<START>"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join)
LISTS = st.lists(TEXTS, max_size=4)
NUMBERS = st.sampled_from([0, 1, 50, 100])
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXTS,
        "content": TEXTS,
        "keys": LISTS,
        "secondary_keys": LISTS,
        "logic": st.sampled_from(["and_any", "not_all", "not_any", "and_all"]),
        "probability": NUMBERS,
        "scan_depth": st.none() | NUMBERS,
        **dict.fromkeys(("enabled", "constant", "selective", "ignore_budget"), st.booleans()),
        **dict.fromkeys(("case_sensitive", "whole_words"), st.none() | st.booleans()),
    },
)
BOOKS = st.builds(
    lambda entries, tokens: book(*entries, token_budget=tokens),
    st.lists(ENTRIES, max_size=3),
    st.none() | NUMBERS,
)


def _anything() -> dict[str, st.SearchStrategy[Any]]:
    """What each field of a definition may hold."""
    kept = {"language", "depth_prompt_role", "reinforce_every", "hue", "picture", "slug"}
    texts = {name: TEXTS for name, value in MIRA.items() if isinstance(value, str) and name not in kept}
    flags = {name: st.booleans() for name, value in MIRA.items() if isinstance(value, bool)}
    return {
        **texts,
        **flags,
        "language": st.sampled_from(["en", "zh"]),
        "quotes": LISTS,
        "greetings": LISTS,
        "situations": st.lists(st.tuples(TEXTS, TEXTS).map(list), max_size=2),
        "never_says": LISTS,
        "most_words": st.none() | NUMBERS,
        "reports_only": st.lists(st.sampled_from(["machine", "never_says", "x"]), max_size=2),
        "lorebooks": st.lists(BOOKS, max_size=2),
    }


@settings(deadline=None)
@given(st.fixed_dictionaries({}, optional=_anything()), st.sampled_from([1024, 32_768]))
def test_whatever_is_written_a_few_things_are_told(changed: dict[str, Any], budget: int):
    definition = mira(**changed)

    told = findings(definition, first_prompt(definition, budget), budget=budget)

    assert len(told) <= (MOST + 1) * len(RULES)
    assert {each.field for each in told} <= set(FIELDS)
    assert all(each.sentence.strip() for each in told)
    assert told == sorted(told, key=lambda each: not each.grave)


@settings(deadline=None)
@given(st.fixed_dictionaries({}, optional=_anything()))
def test_the_same_is_said_of_the_same(changed: dict[str, Any]):
    """Of a version as the database gives it back, too."""
    definition = mira(**changed)
    kept = json.loads(json.dumps(definition))

    assert findings(kept, first_prompt(kept), budget=32_768) == findings(
        definition, first_prompt(definition), budget=32_768
    )


def test_a_version_of_old_lacks_what_came_later():
    of_old = mira(never_says=[], keeps_language=False)
    for name in ("never_says", "keeps_language", "most_words", "calls_user", "begins_with", "ends_with",
                 "reports_only", "when_cut", "system_prompt", "post_history", "depth_prompt", "reminder",
                 "lorebooks"):  # fmt: skip
        del of_old[name]  # type: ignore[misc]

    (told,) = findings(of_old, first_prompt(of_old), budget=32_768)

    assert told.field == "never_says"
