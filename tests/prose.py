"""PURE: two thousand lines of ordinary prose, half of them Chinese, and no two alike: nothing in them breaks a character.

Many come near it: names before commas and colons, "as an old hand", models and machines that are things of the story.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, islice, product

NUMBER = 1000  # of each language

_WHO = (
    "Mira",
    "The ferryman",
    "Old Tobias",
    "She",
    "Nobody in the house",
    "The woman with the lamp",
    "Captain Hale",
    "His aunt Agnes",
)
_DID = (
    "folds the map and says nothing",
    "counts the stairs aloud",
    "had been a model of patience until the rain came",
    "laughs as an actor laughs, with the whole face",
    "leans on the sewing machine, and waits",
    "turns the key; the aid they promised is late again",
    "looks at the river, as anyone would who was born beside it",
    "mends the net by the light of one candle",
    "just an hour ago would have sworn to it",
    "hums something that only an aide of the old king could know",
)
_WHERE = (
    "by the harbour wall",
    "in the long grass",
    "under the bell",
    "at the end of the hall",
    "beside the model ship in its bottle",
    "where the road forks",
    "between two storms",
)
_SAID = (
    "“I am a patient woman. Ask me again at dawn.”",
    "“As an old friend I tell you: leave the box where it is.”",
    "“One rule: never look down.”",
    "“I'm an islander. We do not apologise to the sea.”",
    "“Large language has no place at a small table,” says the judge.",
    "“Only an aimless man counts gulls.”",
    "“Sorry is a short word for a long winter.”",
    "“Listen, then: the chat of the market is worth more than the ledger.”",
    "“I was made in a place you have never seen.”",
    "“You ask what I am. A lamp, a door, a dog that barks at noon.”",
)
_ENGLISH = (
    "{who} {did} {where}. {said}",
    "{said} {who} {did}, {where}.",
    "*{who} {did}.* {said}",
    "{where}, {who} {did}.",
    "Here is the truth of it: {who} {did} {where}.",
    "{who}, {where}, {did}. And then? {said}",
    "Listen: {who} {did} {where}.",
    "Dear Ada: {who} {did} {where}. {said}",
    "Chapter One: The River. {who} {did} {where}.",
)

_谁 = ("阿绯", "沈知秋", "老船夫", "她", "屋里的人", "提灯的女人", "掌柜的", "小师妹")
_做 = (
    "把地图折好，一句话也不说",
    "数着台阶往上走",
    "靠在缝纫机旁，等雨停",
    "像个说书人似的笑了起来",
    "转动钥匙，门却没有开",
    "望着河水，想起人间的旧事",
    "就着一支蜡烛补网",
    "作为这里最老的客人，先动了筷子",
    "我是说，她只是摇了摇头",
    "哼着一支没有人听过的曲子",
)
_处 = ("在码头的墙边", "在长草里", "钟楼底下", "长廊尽头", "在瓶中那只船模旁边", "在岔路口", "两场雨之间")
_话 = (
    "“我是个有耐心的人，天亮了再来问我。”",
    "“作为老朋友，我劝你一句：别动那只匣子。”",
    "“规矩只有一条：别往下看。”",
    "“我只是一个补网的，哪里懂这些。”",
    "“人工的东西，总不如天生的有味道。”",
    "“抱歉两个字，抵不过一个冬天。”",
    "“语言这东西，说多了就不值钱。”",
    "“听着：集市上的闲话，比账本还要紧。”",
    "“我是哪里人？你没有去过的地方。”",
    "“模样变了，心没有变。”",
)
_CHINESE = (
    "{谁}{处}{做}。{话}",
    "{话}{谁}{做}，{处}。",
    "*{谁}{做}。*{话}",
    "{处}，{谁}{做}。",
    "实话是这样的：{谁}{处}{做}。",
    "{谁}，{处}，{做}。后来呢？{话}",
    "她说：{话}{谁}{处}{做}。",
    "他低声道：{话}{谁}{做}，{处}。",
    "第二天：{谁}{处}{做}。",
)


def prose() -> list[str]:
    """All of it, the languages by turns."""
    english = _lines(_ENGLISH, who=_WHO, did=_DID, where=_WHERE, said=_SAID)
    chinese = _lines(_CHINESE, 谁=_谁, 做=_做, 处=_处, 话=_话)
    return [line for pair in zip(english, chinese, strict=True) for line in pair]


def _lines(patterns: Sequence[str], **words: Sequence[str]) -> list[str]:
    made = dict.fromkeys(
        pattern.format(**dict(zip(words, chosen, strict=True)))
        for pattern, chosen in zip(cycle(patterns), _mixed(list(words.values())), strict=False)
    )
    return list(islice(made, NUMBER))


def _mixed(words: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Every choice once, neighbours unlike each other."""
    every = list(product(*words))
    step = 2741  # a prime
    return (every[number * step % len(every)] for number in range(len(every)))
