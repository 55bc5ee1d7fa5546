"""Cards of every kind that programs write, the careless ones included, for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
numbers = st.integers(-5, 2000) | st.sampled_from([None, "7", "0.5", 1.5, True])
flags = st.booleans() | st.sampled_from([None, "true", 0])
leaves = texts | st.integers(-(2**40), 2**40) | st.booleans() | st.none() | st.floats(-1e6, 1e6)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
strange = st.dictionaries(texts.map(lambda key: f"x_{key}"), anything, max_size=3)
listed = st.lists(texts, max_size=4)
dirty_list = (
    listed | st.lists(texts | st.dictionaries(texts, texts, max_size=2) | st.none(), max_size=4) | st.none()
)


def optional(known: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the keys that are known, and some that nobody knows."""
    return st.builds(lambda some, more: {**more, **some}, st.fixed_dictionaries({}, optional=known), strange)


inner_entry = optional(
    {
        "position": numbers,
        "depth": numbers,
        "role": numbers,
        "probability": numbers,
        "useProbability": flags,
        "selectiveLogic": numbers,
        "group": texts,
        "group_weight": numbers,
        "sticky": numbers,
        "cooldown": numbers,
        "match_whole_words": flags,
        "match_scenario": flags,
        "outlet_name": texts,
        "characterFilter": st.fixed_dictionaries(
            {"isExclude": flags, "names": dirty_list, "tags": dirty_list}
        ),
    }
)
entries = optional(
    {
        "keys": dirty_list | texts,
        "content": texts | st.none(),
        "extensions": inner_entry | st.none(),
        "enabled": flags,
        "insertion_order": numbers,
        "case_sensitive": flags,
        "use_regex": flags,
        "constant": flags,
        "name": texts,
        "priority": numbers,
        "id": numbers | texts,
        "comment": texts,
        "selective": flags,
        "secondary_keys": dirty_list,
        "position": st.sampled_from(["before_char", "after_char", "before_char_defs", 3, None]),
    }
)
books = optional(
    {
        "name": texts,
        "description": texts,
        "scan_depth": numbers,
        "token_budget": numbers,
        "recursive_scanning": flags,
        "extensions": strange,
        "entries": st.lists(entries, max_size=3),
    }
)
inner_card = optional(
    {
        "talkativeness": numbers,
        "fav": flags,
        "world": texts,
        "depth_prompt": optional({"prompt": texts, "depth": numbers, "role": texts}) | texts,
        "regex_scripts": st.lists(strange, max_size=2),
        "roleplay": strange,
    }
)
datas = optional(
    {
        **dict.fromkeys(
            ("name", "description", "personality", "scenario", "first_mes", "mes_example"), texts | st.none()
        ),
        **dict.fromkeys(
            ("creator_notes", "system_prompt", "post_history_instructions", "creator", "nickname"), texts
        ),
        "character_version": texts | numbers,
        "alternate_greetings": dirty_list,
        "tags": dirty_list,
        "extensions": inner_card | st.none() | st.lists(texts, max_size=1),
        "character_book": books | st.none(),
        "creator_notes_multilingual": st.dictionaries(st.sampled_from(["en", "zh"]), texts),
        "source": listed,
        "group_only_greetings": dirty_list,
        "creation_date": numbers,
        "assets": st.lists(strange, max_size=2),
    }
)
cards = st.builds(
    lambda spec, data, beside: {**beside, **spec, "data": data},
    st.sampled_from(
        [{"spec": f"chara_card_v{version}", "spec_version": f"{version}.0"} for version in (2, 3)]
    ),
    datas,
    optional({"name": texts, "description": texts, "talkativeness": st.just("0.5"), "create_date": texts}),
)
