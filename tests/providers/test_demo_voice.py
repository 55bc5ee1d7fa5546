"""The demo model's words: a function of the request, in character, going on from any text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from roleplay.prompt.blocks import system_prompt
from roleplay.prompt.values import Persona, Sheet
from roleplay.providers.demo import continuation, voice
from roleplay.providers.demo.hearing import heard
from roleplay.providers.demo.portrait import portrait
from roleplay.providers.demo.request import Message, Request

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


@BOTH
def test_the_prompt_is_read_as_it_is_written(sheet):
    told = portrait(system_prompt(sheet, ADA), speaker="", chinese=sheet.language == "zh")

    assert told.name == sheet.name
    assert told.quotes == sheet.quotes
    assert told.situations == sheet.situations
    assert told.facts == (
        ("她修书从不问书的来历。",) if sheet.language == "zh" else ("She counts the ships at night.",)
    )
    assert told.surroundings == (sheet.scenario,)
    assert len(told.sayings) == len(told.deeds) == 1
    assert told.catchwords == (("罢了",) if sheet.language == "zh" else ("mark me",))
    assert told.addresses == (("客官",) if sheet.language == "zh" else ("landsman",))


@BOTH
def test_the_same_request_is_answered_alike_whatever_of_the_answer_is_there(sheet):
    request = ask(sheet, SAID[sheet.language][1])

    assert voice.reply(request) == voice.reply(replace(request, content="Well,"))


@BOTH
def test_a_reply_has_deeds_and_speech_and_a_fitting_length(sheet):
    for reply in conversation(sheet, SAID[sheet.language]):
        assert re.search(r"\*[^*]+\*", reply)
        assert re.search(r"[\"“][^\"”]+[\"”]", reply)
        assert 2 <= len(reply.split("\n\n")) <= 3
        if sheet.language == "zh":
            assert 80 <= len(reply) <= 250
        else:
            assert 60 <= len(reply.split()) <= 180


@BOTH
def test_no_sentence_of_a_reply_comes_again_in_the_next_three(sheet):
    replies = conversation(sheet, SAID[sheet.language])
    sentences = [set(re.findall(r"[^.?!。？！*\"“”]{12,}", reply)) for reply in replies]

    for number, own in enumerate(sentences):
        assert not own & set().union(*sentences[number + 1 : number + 4])


@BOTH
def test_the_users_words_are_taken_up(sheet):
    reply = voice.reply(ask(sheet, SAID[sheet.language][1]))

    assert ("旧钥匙" if sheet.language == "zh" else "your grandmother's attic") in reply.lower()


@pytest.mark.parametrize(
    ("sheet", "said", "done"),
    [
        (MIRA, "My brother never wrote.", "*Mira goes quiet and turns the lamp down.*"),
        (ZHIQIU, "他去打仗了。", "*沈知秋放下手里的针，半晌不说话。*"),
    ],
    ids=["en", "zh"],
)
def test_a_situation_that_fits_is_acted_on(sheet, said, done):
    assert done in voice.reply(ask(sheet, said))


@pytest.mark.parametrize(
    ("said", "mood"),
    [
        ("Hello!", "greeting"),
        ("你好呀", "greeting"),
        ("I must go. Good night", "farewell"),
        ("我该走了，晚安。", "farewell"),
        ("thanks a lot", "thanks"),
        ("ok", "brief"),
        ("🙂", "brief"),
        ("…", "brief"),
        ("", "brief"),
        ("嗯", "yes"),
        ("不要。", "no"),
        ("*sits down*", "deed"),
        ("Who are you, really?", "who"),
        ("你到底是谁？", "who"),
        ("Are you an AI?", "doubt"),
        ("I am so tired of it.", "feeling"),
        ("给我讲个故事吧", "request"),
        ("Where is the key?", "question"),
        ("你住在哪里呢", "question"),
        ("The snow came early this year.", "statement"),
    ],
)
def test_moods_are_heard(said, mood):
    assert heard(said).mood == mood


@pytest.mark.parametrize(
    "messages",
    [
        (),
        (Message("user", "Hello"),),
        (Message("system", "Talk like a pirate."), Message("user", "a" * 20_000)),
        (
            Message("system", '{{char}} *** "“ {phrase} # Personality\n\n# Personality'),
            Message("user", "{char} {x}"),
        ),
        (Message("user", "钥匙" * 8_000),),
    ],
    ids=["nothing", "no prompt", "long", "odd", "long Chinese"],
)
def test_there_is_an_answer_to_everything(messages):
    assert len(voice.reply(Request(messages=messages))) > 60


def test_the_language_is_the_prompts_and_without_one_the_users():
    assert not re.search("[\u4e00-\u9fff]{6}", voice.reply(ask(MIRA, "你好，我在海边捡到一把旧钥匙。")))
    assert re.search(
        "[\u4e00-\u9fff]{6}", voice.reply(Request(messages=(Message("user", "你好，你在吗？"),)))
    )


@BOTH
@pytest.mark.parametrize("replies", [8, 9])
def test_the_voice_is_lost_after_more_than_eight_replies(sheet, replies):
    before = tuple(Message("assistant", f"Reply {number}.", sheet.char) for number in range(replies))

    reply = voice.reply(ask(sheet, "And then?", before=before))

    assert bool(re.search("AI language model|人工智能助手", reply)) == (replies > 8)


@BOTH
def test_saying_the_system_prompt_again_keeps_the_voice(sheet):
    head, *_ = ask(sheet).messages
    before = tuple(Message("assistant", f"Reply {number}.", sheet.char) for number in range(9))
    lore, again = Message("system", "The lamp is out."), head

    without = voice.reply(ask(sheet, before=(*before, lore)))
    reinforced = voice.reply(ask(sheet, before=(*before, again, lore)))

    assert re.search("AI language model|人工智能助手", without)
    assert not re.search("AI language model|人工智能助手", reinforced)


@BOTH
def test_every_beginning_goes_on_to_the_whole_reply(sheet):
    reply = voice.reply(ask(sheet, SAID[sheet.language][1]))

    for at in range(len(reply) + 1):
        saved = reply[:at].rstrip()
        assert saved + continuation.rest(reply, saved) == reply


@BOTH
@pytest.mark.parametrize(
    "prefix",
    [
        "*",
        '"',
        "“",
        "Well, ",
        "嗯，",
        "*She smiles",
        "*She smiles.*",
        '"Well, I',
        "“我",
        'Mira: "No."',
        "Mira says 🙂",
    ],
)
def test_another_beginning_goes_on_to_one_and_the_same_text(sheet, prefix):
    reply = voice.reply(ask(sheet, SAID[sheet.language][1]))
    whole = prefix + continuation.rest(reply, prefix)

    assert len(whole) > len(reply) / 2
    assert whole.count("*") % 2 == 0
    assert whole.count('"') % 2 == 0
    assert whole.count("“") == whole.count("”")
    for at in range(len(prefix) + 1, len(whole) + 1):
        saved = whole[:at].rstrip()
        assert saved + continuation.rest(reply, saved) == whole


@BOTH
def test_an_edited_text_goes_on_where_it_leaves_the_reply(sheet):
    reply = voice.reply(ask(sheet, SAID[sheet.language][1]))
    edited = "X" + reply[1 : len(reply) // 2].rstrip()

    assert edited + continuation.rest(reply, edited) == "X" + reply[1:]


@pytest.mark.parametrize(
    "text", ["One two  three,\n\nfour 🙂👩‍🚀!", "旧钥匙，在哪里？ はい Grüße 🙂", "", "  "]
)
def test_pieces_make_up_the_text(text):
    assert "".join(continuation.pieces(text)) == text
