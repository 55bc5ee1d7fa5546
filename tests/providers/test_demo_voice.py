"""The demo model's words: a function of the request, in character."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from roleplay.providers.demo import voice
from roleplay.providers.demo.hearing import heard
from roleplay.providers.demo.portrait import portrait
from roleplay.providers.demo.request import Message, Request
from tests.prompt.heads import system_prompt
from tests.providers.demo_cast import ADA, BOTH, MIRA, SAID, ZHIQIU, ask, conversation


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
def test_a_voice_that_is_lost_on_the_way_is_found_again_where_it_was_lost(sheet):
    head, *_ = ask(sheet).messages
    before = tuple(Message("assistant", f"Reply {number}.", sheet.char) for number in range(9))
    again = Message("system", f"{head.text}\n\nGo on, and be nobody else.")
    lost_on_the_way = 0
    for said in SAID[sheet.language]:
        drifting = voice.reply(ask(sheet, said, before=before))
        request = ask(sheet, said, before=before)
        found = voice.reply(replace(request, messages=(*request.messages, again)))

        first = found.split("\n\n", 1)[0]
        lost_on_the_way += drifting.startswith(first + "\n\n")
        assert not re.search("AI language model|人工智能助手", found)
    assert 0 < lost_on_the_way < len(SAID[sheet.language])
