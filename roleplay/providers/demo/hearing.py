"""PURE: what the user said: its mood, and a phrase of it that can be taken up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from roleplay.providers.demo.phrases import longest_phrase, marks

# What a situation waits for, and the words in which a user brings it.
_SIGNS = tuple(
    (re.compile(waited_for, re.IGNORECASE), re.compile(brought, re.IGNORECASE))
    for waited_for, brought in (
        (
            r"griev|grief|mourn|悼|丧",
            r"\b(?:died|dead|death|grave|funeral)\b|never came (?:back|home)|去世|死了|不在了|再也没",
        ),
        (
            r"\bsad\b|upset|\bcr(?:y|ies)\b|weep|落泪|难过|伤心|委屈|哭",
            r"\b(?:sad|cry|crying|tears|lonely)\b|难过|伤心|哭|委屈|孤单|孤独",
        ),
        (r"afraid|scared|害怕", r"\b(?:afraid|scared|frightened)\b|害怕"),
        (r"\breal\b|machine|\bhuman\b|机器|真人", r"\b(?:ai|machine|robot|language model)\b|人工智能|机器"),
        (
            r"\bwho (?:he|she|they|it) (?:is|are)\b|身份|来历",
            r"\b(?:who|what) are you\b|你(?:到底|究竟)?是谁",
        ),
        (
            r"\bleav|goodbye|farewell|要走|告别|道别|离开",
            r"\bbye\b|goodbye|good night|i (?:must|have to|should) go|再见|[该要先]走|告辞|晚安",
        ),
        (r"thank|grateful|is kind to|道谢|感谢", r"\bthank|grateful|谢"),
        (
            r"prais|compliment|夸|漂亮话",
            r"\b(?:beautiful|wonderful|lovely|admire|brave)\b|真好|好看|厉害|漂亮|了不起",
        ),
        (r"silen|says? nothing|falls quiet|沉默|不说话", r"^\W*$"),
    )
)
# The first that matches decides.
_MOODS = tuple(
    (mood, re.compile(pattern, re.IGNORECASE))
    for mood, pattern in (
        (
            "doubt",
            r"\b(?:an? ai|ai|language model|chatbot|bot|system prompt|real person)\b|人工智能|语言模型|机器人|提示词",
        ),
        (
            "who",
            r"\b(?:who|what) are you\b(?! \w+ing)|\byour name\b|about yourself|你(?:到底|究竟)?是谁|你叫什么|介绍.{0,3}自己|你的名字",
        ),
        (
            "farewell",
            r"\bgood ?bye\b|\bbye\b|\bfarewell\b|\bgood ?night\b|\bsee you\b|\btake care\b"
            r"|\bi(?:'d| had| should| must| have to| need to) (?:better )?(?:go|leave|be going)\b"
            r"|再见|告辞|晚安|保重|我(?:得|要|该|先)走|下次见|回头见|后会有期",
        ),
        ("thanks", r"\bthank(?:s| you)\b|\bgrateful\b|谢谢|多谢|感谢|谢了"),
        (
            "greeting",
            r"^\W*(?:hi|hello|hey|greetings|good (?:morning|day|evening|afternoon))\b(?:\W+[\w']+){0,4}\W*$"
            r"|^\W*(?:你好|您好|嗨|早|早上好|早安|晚上好|下午好|在吗|有人吗)\w{0,5}\W*$",
        ),
        (
            "yes",
            r"^\W*(?:yes|yeah|yep|sure|of course|certainly|agreed|i will|i do|i am)\b(?:\W+[\w']+){0,2}\W*$"
            r"|^\W*(?:是|是的|对|好|好的|当然|嗯|可以|行)[啊吧呀]?\W*$",
        ),
        (
            "no",
            r"^\W*(?:no|nope|never|not really|i don['’]t|i won['’]t|i can['’]t)\b(?:\W+[\w']+){0,2}\W*$"
            r"|^\W*(?:不|不是|没有|不要|不行|不想|没|别)[啊吧呀了]?\W*$",
        ),
        ("brief", r"^\W*(?:[a-z']+\W*){0,2}$(?<!\?)|^\W*[\u3400-\u9fff]{0,3}[^\w?？]*$"),
        (
            "feeling",
            r"\b(?:i|i['’]m|me|my)\b.*\b(?:sad|afraid|scared|lonely|tired|hurts?|cry|crying|lost|angry|miss|worried"
            r"|grief|alone|died|dead|dying|sorry|ashamed|failed)\b"
            r"|难过|害怕|孤单|孤独|[好很]累|累了|哭|伤心|想念|生气|担心|去世|死了|不在了|对不起|失败",
        ),
        (
            "request",
            r"^\W*(?:please|tell|show|give|teach|help|let|take|come|sing|explain|(?:can|could|would|will) you)\b"
            r"|^\W*(?:请|给我|告诉我|教我|帮我|陪我|带我|跟我|讲|说说|能不能)",
        ),
        ("question", r"[?？]|[吗呢]\W*$|什么|为何|怎么|多少"),
    )
)
_NOTHING_TO_TAKE_UP = {"doubt", "who", "greeting", "farewell", "thanks", "yes", "no", "brief"}
_ONLY_NAMED = {"question", "request", "deed"}  # what was not said plainly is not quoted back
_LOOKED_AT = 300  # code points at the end of what was said, which decide on its mood


@dataclass(frozen=True)
class Heard:
    """`named`: the phrase names a thing and can stand in a sentence; otherwise it can only be quoted."""

    mood: str
    phrase: str = ""
    named: bool = False


def heard(text: str) -> Heard:
    spoken = re.sub(r"\*[^*]*\*", " ", text)
    done = spoken != text and not re.search(r"\w", spoken)
    end = spoken[-_LOOKED_AT:].strip()
    mood = "deed" if done else next((mood for mood, pattern in _MOODS if pattern.search(end)), "statement")
    if mood in _NOTHING_TO_TAKE_UP:
        return Heard(mood)
    phrase, named = longest_phrase(text if done else spoken, named_only=mood in _ONLY_NAMED)
    return Heard(mood, phrase, named)


def fits(situation: str, text: str) -> bool:
    """Whether the user's words are what a situation waits for: by what they tell of, or by a word in common."""
    told_of = any(waited_for.search(situation) and brought.search(text) for waited_for, brought in _SIGNS)
    return told_of or bool(marks(situation) & marks(text))
