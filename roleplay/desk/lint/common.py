"""Words that stand in nearly every text, and patterns that match nearly every one."""

from __future__ import annotations

from roleplay.prompt.patterns import is_pattern, usable
from roleplay.prompt.text import plain

_ENGLISH = """
    a an the and or but if so as at by for from in into of off on out to up with i me my you your he him his she her
    it its we us our they them their this that these those is am are was were be been has have had do does did not no
    what who how when where there here all one can will would just like
"""
_CHINESE = """
    的 了 是 我 你 他 她 它 在 有 不 这 那 就 也 都 和 吗 呢 吧 啊 着 地 得 一 个 上 来 到 说 要 去 人 好
    我们 你们 他们 她们 什么 没有 一个 这个 那个 不是 就是 自己 知道
"""
COMMON = frozenset((_ENGLISH + _CHINESE).split())
LONGEST = max(map(len, COMMON))
# Texts that have no letter in common: what is found in each of them is found everywhere.
_EVERY = {"en": ("a", "e", "T", "s", "n"), "zh": ("的", "我", "山", "夜", "走")}


def is_common(words: str) -> bool:
    """Whether the words stand in nearly every text."""
    return len(words) <= LONGEST and plain(words) in COMMON


def matches_everything(written: str, language: str) -> bool:
    """Whether it is a pattern that does. `language` is that of the texts."""
    made = usable(written) if is_pattern(written) else None
    return made is not None and all(made.search(text) for text in _EVERY.get(language, _EVERY["en"]))


def finds_nothing(written: str) -> bool:
    """Whether a pattern matches no words at all at the beginning of every text: nothing else is looked for then."""
    made = usable(written)
    return made is not None and made.begins("\x01") and made.search("\x01") == ""
