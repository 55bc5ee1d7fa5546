"""PURE: phrases of what the user said that a reply can take up."""

from __future__ import annotations

import re

from roleplay.providers.demo.portrait import is_chinese


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LONGEST = 48  # code points
_CLAUSE = re.compile(r"[,.!?;:…—()\n\"“”*~，。！？；：、「」‘《》（）]+")
DETERMINERS = word_set("a an the my your his her their this that these those some every")
_FLIPPED = {"my": "your", "your": "my", "this": "that", "these": "those"}
FUNCTION = word_set(
    "ain't can't didn't doesn't don't he's her hers herself him himself i'd i'll itself let's mine she's there's they're"
    " wasn't weren't what's who's won't you'd you'll you've yours yourself"
    " across against along around behind below beneath beside beyond during inside near onto outside past since toward"
    " towards upon within about above after again all also always am among and any are as at back be because been before being between both"
    " but by came can come could did do does doing done down even ever for from get go goes going gone good got had has"
    " have he here how i i'm i've if in into is isn't it it's its just know left let like look made make many may me"
    " might more most much must near never no not now of off often on once one only or other our out over own please"
    " quite really said say see seems shall she should so still such take than that's them then there they thing think"
    " through to today told tomorrow tonight too under until up us very want was way we well went were what when where"
    " which while who whose why will with without would yes yesterday yet you you're little few bit lot thanks"
)
EMPTY = word_set(
    "story tale song joke secret same while time kind sort moment rest matter ai bot day one thing things 故事 笑话 问题 时候"
)
_VAGUE = word_set(
    "someone somebody anyone anything something people person user visitor guest stranger ask asks asked asking says"
    " talk talks mention mentions tell tells wants tries makes gets comes goes 有人 对方 自己 时候 提起 提及 说起 问起"
    " 谈起 聊起 一个 什么 别人 客人 我们"
)
_UNMARKED = FUNCTION | DETERMINERS | _VAGUE
_CONJUNCTION = re.compile(r"(?:and|but|so|well|then|or|because|oh)\s+", re.IGNORECASE)
_AFTER_NOUN = re.compile(r"(?:ed|ing|ly)$")

_HAN = r"[\u3400-\u9fff]"
_COUNTED = re.compile(
    r"(?:[一二两三几半这那每]{0,3}[个把只条张座间场件本封盏杯种位句片段首块颗朵扇道棵艘家碗幅面根匹头名群]|我的|你的)"
    rf"(?!人)({_HAN}{{2,12}})"
)
_WEAK = re.compile(
    r"[在把被给对和跟到了过着得是有会能不想要去来从用向就也还都很又让吗呢吧啊呀里上下时]|的(?=什么)"
)
_VERB = re.compile(_WEAK.pattern + "|[不没发坏丢掉响走跑断停死哭笑说听吃喝送留叫问]")
_LEADING = re.compile(
    r"^(?:今天|昨天|昨晚|现在|刚才|其实|真的|可是|但是|因为|所以|如果|我们|我|你|他|她|它|请|就|也|还|都|又|很|想|要|是)+"
)
_TRAILING = re.compile(r"(?:吗|呢|吧|啊|呀|了|的|嘛|哦){1,3}$")


def longest_phrase(text: str, *, named_only: bool) -> tuple[str, bool]:
    """A phrase, or "", and whether it names a thing: one that does comes first, and can stand in a sentence;
    another can only be quoted.
    """
    clauses = [clause for part in _CLAUSE.split(text) if (clause := part.strip())]
    found = (_chinese if is_chinese(text) else _english)(clauses)
    kept = [
        (named, phrase) for named, phrase in found if (named or not named_only) and len(phrase) <= _LONGEST
    ]
    named, phrase = max(kept, key=lambda each: (each[0], len(each[1])), default=(False, ""))
    return phrase, named


def marks(text: str) -> set[str]:
    """What a text is about: the beginnings of its words, and pairs of Chinese characters."""
    words = {word[:6] for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in _UNMARKED}
    pairs = {text[at : at + 2] for at in range(len(text) - 1)} - _UNMARKED
    return words | {pair for pair in pairs if re.fullmatch(_HAN * 2, pair) and not _WEAK.search(pair)}


def _english(clauses: list[str]) -> list[tuple[bool, str]]:
    phrases = []
    for clause in clauses:
        words = re.findall(r"[\w'-]+", clause.replace("’", "'"))
        for start, word in enumerate(words):
            if word.lower() in DETERMINERS and (noun := _noun(words[start + 1 :])):
                first = word.lower()
                phrases.append((True, " ".join([_FLIPPED.get(first, first), *noun])))
        if 2 <= len(words) <= 6 and not FUNCTION.issuperset(map(str.lower, words)):
            phrases.append(
                (False, _CONJUNCTION.sub("", clause, count=1) if _CONJUNCTION.match(clause) else clause)
            )
    return phrases


def _noun(words: list[str]) -> list[str]:
    noun: list[str] = []
    for word in words[:3]:
        if word.lower() in FUNCTION | DETERMINERS or (noun and _AFTER_NOUN.search(word)):
            break
        noun.append(word)
    return [] if noun and noun[-1].lower() in EMPTY else noun


def _chinese(clauses: list[str]) -> list[tuple[bool, str]]:
    phrases = []
    for clause in clauses:
        for counted in _COUNTED.findall(clause):
            noun = _TRAILING.sub("", _VERB.split(counted)[0])
            if 2 <= len(noun) <= 8 and noun not in EMPTY:
                phrases.append((True, noun))
        bare = _TRAILING.sub("", _LEADING.sub("", clause))
        if len(bare) > 8:
            bare = max(_WEAK.split(bare), key=len)
        if 2 <= len(bare) <= 8:
            phrases.append((False, bare))
    return phrases
