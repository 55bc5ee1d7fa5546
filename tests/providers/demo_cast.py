"""Two characters for the demo model, what a user says to them, and the requests that this makes."""

from __future__ import annotations

import pytest

from roleplay.prompt.values import Persona, Sheet
from roleplay.providers.demo import voice
from roleplay.providers.demo.request import Message, Request
from tests.prompt.heads import system_prompt

MIRA = Sheet(
    name="Mira",
    description="Mira keeps the lighthouse at Grey Point. She counts the ships at night.",
    speech='Plain words. Says "mark me" now and then, calls {{user}} "landsman". Never says "sorry".',
    quotes=("A light that asks who it shines for is no light.", "The sea keeps its own accounts."),
    situations=(("someone speaks of the war, or of a brother", "goes quiet and turns the lamp down"),),
    scenario="It is past midnight, and the rain has not stopped for three days.",
    examples='{{user}}: Alone?\n{{char}}: *trims the wick* "Alone is a word for people who expect company."',
)
ZHIQIU = Sheet(
    name="沈知秋",
    language="zh",
    description="沈知秋在旧城巷口开一间修书铺。她修书从不问书的来历。",
    speech="常说“罢了”，称{{user}}为“客官”。从不说“对不起”。",
    quotes=("书坏了能补，人走了补不了。", "纸比人记性好。"),
    situations=(("有人提起打仗或兄长", "会放下手里的针，半晌不说话"),),
    scenario="雨夜，巷子里只剩这一盏灯。",
    examples="{{user}}：还能修吗？\n{{char}}：*把书页一张张揭开*“只是修好了，也不是原来那本了。”",
)
ADA = Persona("Ada")
SAID = {
    "en": (
        "Hello there.",
        "I found an old key in my grandmother's attic.",
        "Why does it matter?",
        "ok",
        "🙂",
        "*sits down*",
        "Tell me about the sea.",
        "…",
    ),
    "zh": (
        "你好",
        "我在海边捡到一把旧钥匙。",
        "为什么要紧？",
        "嗯",
        "🙂",
        "*坐下来*",
        "给我讲讲海吧。",
        "……",
    ),
}
BOTH = pytest.mark.parametrize("sheet", [MIRA, ZHIQIU], ids=["en", "zh"])


def ask(sheet: Sheet, *said: str, before: tuple[Message, ...] = ()) -> Request:
    user = [Message("user", text, "Ada") for text in said]
    return Request(
        messages=(Message("system", system_prompt(sheet, ADA)), *before, *user), speaker=sheet.char
    )


def conversation(sheet: Sheet, said: tuple[str, ...]) -> list[str]:
    before: tuple[Message, ...] = ()
    for text in said:
        reply = voice.reply(ask(sheet, text, before=before))
        before += (Message("user", text, "Ada"), Message("assistant", reply, sheet.char))
    return [message.text for message in before if message.role == "assistant"]
