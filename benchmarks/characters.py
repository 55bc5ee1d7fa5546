"""Invented characters: a quarter each of four kinds of text, so that what is searched for is as frequent in few as in many."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

RARE = "Quillfeather"  # the name of one
PAGE = 24  # characters: so many have the rarer words at least
LONG_TEXT = "She counts the steps to the lamp and says nothing of the sea. " * 40

FIRST = ("Tobias", "Ilse", "Ottoline", "Mira", "Anselm", "Beatrix", "Corvin", "Dorothea", "Emeric", "Fenna")
LAST = ("Wren", "Marrow", "Vane", "Ashdown", "Brook", "Calloway", "Dray", "Ember", "Fairfax", "Grove")
WHO = ("Keeps", "Guards", "Mends", "Sells", "Paints", "Forgets", "Dreams of", "Steals", "Counts", "Buries")
WHAT = (
    "a clock",
    "a bridge",
    "the last train",
    "an orchard",
    "old letters",
    "a violin",
    "stray dogs",
    "maps",
    "bells",
)
HOW = (
    "by night",
    "for nobody",
    "against all advice",
    "in the rain",
    "with great care",
    "and hums",
    "once a year",
)
TAGS = ("Mystery", "Slow life", "Dry", "Romance", "Horror", "Fantasy", "Comedy", "Space", "History", "School")

姓 = "沈陆顾谢苏林江白叶秦"
名 = ("知秋", "听雨", "怀瑾", "若水", "望舒", "清晏", "云深", "长卿", "雪见", "南星")
做 = ("修补旧书", "替人写信", "在山里采药", "给猫看病", "夜里点灯", "卖豆腐", "记得每一场雨", "不肯说真名")
人 = ("茶馆的掌柜", "落魄的剑客", "失眠的医生", "退役的飞行员", "图书馆管理员", "狐妖", "宫里的画师")
标签 = ("古风", "温和", "机锋", "傲娇", "护短", "悬疑", "校园", "科幻", "慢生活")

苗字 = ("佐藤", "鈴木", "高橋", "田中", "渡辺", "山本", "中村", "小林")
名前 = ("ひかり", "さくら", "ハルト", "ユイ", "そら", "みなと", "あおい")
仕事 = ("古い時計を直す", "猫と暮らす", "雨の日だけ店を開ける", "手紙を届ける", "星を数える", "眠れない")
誰 = ("時計職人", "郵便屋さん", "図書館の司書", "パン屋", "元パイロット", "小説家")
タグ = ("日常", "ミステリー", "優しい", "ツンデレ", "学園", "ファンタジー")


def characters(number: int) -> Iterator[dict[str, Any]]:
    """The columns of so many, always the same: all public, those of old first."""
    random = Random(number)
    for each in range(number):
        fields = KINDS[each % len(KINDS)](random)
        if each % (number // PAGE) == 0:
            fields["tagline"] += " A cartographer."
        if each % min(number // PAGE, 33) == 0:
            fields["tagline"] += " Lives by the harbour."
        if each == number // 3:
            fields["name"] = f"Ada {RARE}"
        creator = random.choice(("Stella", "Storm", "Stan", "Steph")) + f" {random.randrange(number)}"
        yield {
            **fields,
            "slug": f"c-{each}",
            "creator": creator,
            "visibility": "public",
            "description": LONG_TEXT,
        }


def _kind(random: Random) -> dict[str, Any]:
    return _english(random, "A lighthouse stands behind the house.", "Kind")


def _stern(random: Random) -> dict[str, Any]:
    return _english(random, "No light at all.", "Stern")


def _english(random: Random, after: str, tag: str) -> dict[str, Any]:
    tagline = f"{random.choice(WHO)} {random.choice(WHAT)} {random.choice(HOW)}. {after}"
    name = f"{random.choice(FIRST)} {random.choice(LAST)}"
    return {"name": name, "tagline": tagline, "tags": [tag, *random.sample(TAGS, 2)], "language": "en"}


def _chinese(random: Random) -> dict[str, Any]:
    tagline = f"{random.choice(人)}，独自守着一座灯塔，{random.choice(做)}，也{random.choice(做)}。"
    name = random.choice(姓) + random.choice(名)
    return {"name": name, "tagline": tagline, "tags": random.sample(标签, 3), "language": "zh"}


def _japanese(random: Random) -> dict[str, Any]:
    tagline = f"とう台の{random.choice(誰)}。{random.choice(仕事)}、そして{random.choice(仕事)}。"
    name = random.choice(苗字) + random.choice(名前)
    return {"name": name, "tagline": tagline, "tags": random.sample(タグ, 2), "language": "en"}


KINDS = (_kind, _stern, _chinese, _japanese)
