"""PURE: what the user said: its mood, and a phrase of it that can be taken up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from roleplay.providers.demo.phrases import longest_phrase, marks

# Words of a situation that tell of a mood.
_CUES = {
    "doubt": re.compile(r"\breal\b|machine|human|out of character|机器|真假|真人|出戏"),
    "who": re.compile(r"\bwho (?:he|she|they|it) (?:is|are)\b|\bname\b|身份|名字|来历"),
    "farewell": re.compile(r"\bleav|goodbye|farewell|告别|道别|离开|要走"),
    "thanks": re.compile(r"thank|grateful|道谢|感谢|谢"),
    "greeting": re.compile(r"greet|arriv|comes in|打招呼|问好|进门|初次"),
    "brief": re.compile(r"silen|says? nothing|falls quiet|沉默|不说话|不作声"),
    "feeling": re.compile(
        r"\bsad|\bcry|cries|weep|grie[fv]|afraid|lonely|hurting|upset|难过|伤心|哭|害怕|孤单|低落|安慰"
    ),
}
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


def fits(situation: str, text: str, mood: str) -> bool:
    """Whether the user's words are what a situation waits for: by the mood, or by a word in common."""
    cue = _CUES.get(mood)
    return (cue is not None and cue.search(situation) is not None) or bool(marks(situation) & marks(text))
