"""Lorebook files as programs write them, the careless ones included, for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.dirty_cards import books, dirty_list, flags, numbers, optional, strange, texts

world_info_entries = st.builds(
    lambda keys, entry: {**entry, **keys},
    st.fixed_dictionaries({"key": dirty_list}),
    optional(
        {
            "keysecondary": dirty_list,
            "comment": texts,
            "content": texts,
            "constant": flags,
            "vectorized": flags,
            "selective": flags,
            "selectiveLogic": numbers,
            "addMemo": flags,
            "order": numbers,
            "position": numbers,
            "disable": flags,
            "ignoreBudget": flags,
            "excludeRecursion": flags,
            "preventRecursion": flags,
            "delayUntilRecursion": flags | numbers,
            "probability": numbers,
            "useProbability": flags,
            "depth": numbers,
            "role": numbers,
            "outletName": texts,
            "group": texts,
            "groupOverride": flags,
            "groupWeight": numbers,
            "useGroupScoring": flags,
            "scanDepth": numbers,
            "caseSensitive": flags,
            "matchWholeWords": flags,
            "automationId": texts,
            "sticky": numbers,
            "cooldown": numbers,
            "delay": numbers,
            "triggers": st.lists(texts, max_size=2),
            "displayIndex": numbers,
            "matchScenario": flags,
            "matchCreatorNotes": flags,
            "characterFilter": st.fixed_dictionaries(
                {"isExclude": flags, "names": dirty_list, "tags": dirty_list}
            ),
            "extensions": strange,
        }
    ),
)


def _numbered(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(uid): {"uid": uid, **entry} for uid, entry in enumerate(entries)}


world_infos = st.builds(
    lambda beside, entries: {**beside, "entries": entries},
    optional({"name": texts, "originalData": strange, "extensions": strange}),
    st.lists(world_info_entries, max_size=4).map(_numbered),
)
lorebooks = st.builds(
    lambda beside, data: {**beside, "spec": "lorebook_v3", "data": {"entries": [], **data}},
    strange,
    books,
)
