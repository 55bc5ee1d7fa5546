"""PURE: what a system prompt says about its character, read by the headings of `roleplay.prompt.blocks`.

Every section may be missing; a prompt without headings is taken for a description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADINGS = (
    ("description", re.compile(r"# (?:Who .+ is|.+是谁)")),  # the user's has the same words
    ("personality", re.compile(r"# (?:Personality|性格)")),
    ("background", re.compile(r"# (?:Background and motives|来历与动机)")),
    ("speech", re.compile(r"# (?:Manner of speech|说话方式)")),
    ("scenario", re.compile(r"# (?:Scenario|场景)")),
    ("situations", re.compile(r"# (?:How .+ acts|.+如何应对)")),
    ("rules", re.compile(r"# (?:Rules of the scene|场景规则)")),
    ("examples", re.compile(r"# (?:Example dialogue|对话示例)")),
)
_OPENING = re.compile(r"You play (.+?) in a role-play with (.+?)\. |你在与(.+?)的角色扮演中饰演(.+?)。")
_QUOTES = re.compile(r"^(?:.+ says things like:|.+会这样说：)$", re.MULTILINE)
_SITUATIONS = (  # a comma that a subject or a verb follows goes before the first one
    re.compile(
        r"- When (?P<when>.+?), (?P<then>(?:[A-Z]\w*|he|she|they|the|her|their|it|\w+s)\b.+)", re.DOTALL
    ),
    re.compile(r"- 当(?P<when>.+?)，(?P<then>[她他它会就便总].+)", re.DOTALL),
    re.compile(r"- (?:When |当)(?P<when>.+?)(?:, |，)(?P<then>.+)", re.DOTALL),
)
_SENTENCE = re.compile(r"[^.!?。！？…\n]+(?:[.!?。！？…]+[\"”」]?|$)", re.MULTILINE)
_SPOKEN = re.compile(r"[\"“「]([^\"“”「」]+)[\"”」]")
_DEED = re.compile(r"\*([^*\n]+)\*")
_NOT_SAID = re.compile(
    r"(?:\bnever|\bnot|n't|\bavoids?|sel(?:f|ves)\b|不|别|避免|自称)[^.;。；]*$", re.IGNORECASE
)
_ADDRESS_AFTER = re.compile(r"来?(?:称呼|相称|称|叫)")
_ADDRESS = re.compile(r"(?:\bcall(?:s|ing)?\b|\baddress)[^.;\"“]*$|[称叫唤][^。；“「]*$", re.IGNORECASE)
_TERSE = re.compile(
    r"few words|short(?:, \w+| \w+)? sentences|terse|laconic|\bcurt\b|clipped|sparing"
    r"|寡言|话少|话不多|话短|简短|短句|惜字|简洁",
    re.IGNORECASE,
)
_TELLING = re.compile(r"(?:He|She|They|It|His|Her|Their) |[他她它]")
# Sentences that lean on what went before.
_LEANING = re.compile(r"(?:And|But|So|Then|It(?! is)|That|This|They|Thank)\b|[‘他她它那这]|所以|但|可|也")
_WORD = 24  # code points of a word that is said in passing
_BEFORE = 60  # code points in front of a quotation that tell what it is
_SHORTEST, _LONGEST = 20, 180  # bytes of a sentence that may be woven in


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """`sayings` and `deeds` come from the example dialogue, `catchwords` and `addresses` are what the manner
    of speech quotes, `facts` and `surroundings` are sentences that can be told in passing.
    """

    name: str
    chinese: bool
    terse: bool = False
    quotes: tuple[str, ...] = ()
    sayings: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    surroundings: tuple[str, ...] = ()
    situations: tuple[tuple[str, str], ...] = ()
    catchwords: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


def is_chinese(text: str) -> bool:
    """Whether Chinese is what a text is written in; a few foreign words do not change it."""
    return 3 * len(re.findall(r"[\u3400-\u9fff]", text)) > len(re.findall(r"[A-Za-z]", text))


def speaks_for_user(system: str, speaker: str) -> bool:
    """Whether it is the user, and not the character, whose words are wanted."""
    opening = _OPENING.match(system)
    char, user = (opening[1] or opening[4], opening[2] or opening[3]) if opening else ("", "")
    return bool(speaker) and speaker == user != char


def portrait(system: str, *, speaker: str, chinese: bool) -> Portrait:
    """`speaker` is the name in the request, which goes before the one in the prompt."""
    opening = _OPENING.match(system)
    char, user = (opening[1] or opening[4], opening[2] or opening[3]) if opening else ("", "")
    sections = _sections(system, user)
    name = speaker or char or ("对方" if chinese else "the other")
    speech, *listed = _QUOTES.split(sections["speech"], maxsplit=1)
    catchwords, addresses = _quoted_words(speech)
    lines = "\n".join(_lines_of(name, sections["examples"]))
    told = "\n".join(sections[key] for key in ("description", "personality"))  # what lies behind stays there
    return Portrait(
        name=name,
        chinese=chinese,
        terse=_TERSE.search(speech) is not None,
        quotes=tuple(
            quote
            for written in re.split(r"^- ", "".join(listed), flags=re.MULTILINE)[1:]
            if 0 < len(quote := _unquoted(written)) <= 2 * _LONGEST
        ),
        sayings=tuple(
            _unquoted(s)
            for words in _SPOKEN.findall(_DEED.sub(" ", lines))
            for s in _sentences(words)
            if not _LEANING.match(s) and s[-1] not in "?？"
        ),
        deeds=tuple(deed for deed in _DEED.findall(lines) if len(deed.encode()) <= _LONGEST),
        facts=tuple(s for s in _sentences(told) if _TELLING.match(s)),
        surroundings=tuple(
            s
            for s in _sentences(_SPOKEN.sub("", sections["scenario"]))
            if not _LEANING.match(s) and not any(n and n in s for n in (name, user, "you ", "your", "你"))
        ),
        situations=tuple(_situations(sections["situations"], names=(name, user))),
        catchwords=catchwords,
        addresses=addresses,
    )


def _sections(system: str, user: str) -> dict[str, str]:
    sections = {key: "" for key, _ in _HEADINGS}
    key = ""
    for line in system.splitlines():
        headed = [each for each, heading in _HEADINGS if heading.fullmatch(line)]
        if headed:
            users = sections[headed[0]] or line in (f"# Who {user} is", f"# {user}是谁")
            key = "" if users else headed[0]
        elif key in sections:
            sections[key] += line + "\n"
    if not any(sections.values()):
        sections["description"] = system
    return {key: text.strip() for key, text in sections.items()}


def _quoted_words(speech: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a manner of speech quotes: words said in passing, and what others are called."""
    words: tuple[list[str], list[str]] = ([], [])
    for match in _SPOKEN.finditer(speech):
        if len(match[1]) > _WORD:
            continue
        before = speech[max(0, match.start() - _BEFORE) : match.start()]
        if not _NOT_SAID.search(before):
            called = _ADDRESS.search(before) or _ADDRESS_AFTER.match(speech, match.end())
            words[called is not None].append(match[1].rstrip(",.，。"))
    return tuple(words[0]), tuple(words[1])


def _situations(section: str, *, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
    for situation in re.split(r"^(?=- (?:When |当))", section, flags=re.MULTILINE):
        matches = (pattern.match(situation) for pattern in _SITUATIONS)
        if (match := next(filter(None, matches), None)) and len(match["then"].strip()) <= 2 * _LONGEST:
            when = re.sub("|".join(map(re.escape, filter(None, names))), "", match["when"])
            yield when.strip(), match["then"].strip()


def _lines_of(name: str, examples: str) -> Iterator[str]:
    speaks = False
    for line in examples.splitlines():
        if label := re.match(r"([^*\"“「:：]{1,64})[:：]\s*", line):
            speaks = label[1].strip() == name
            line = line[label.end() :]
        if speaks and not line.startswith("<"):
            yield line


def _sentences(text: str) -> list[str]:
    found = (match.strip() for match in _SENTENCE.findall(text))
    return [
        each
        for each in found
        if _SHORTEST <= len(each.encode()) <= _LONGEST and re.search(r"[.!?。！？…][\"”」]?$", each)
    ]


def _unquoted(quote: str) -> str:
    """A quote as it can stand between quotation marks: without its own, and without what is done meanwhile."""
    bare = " ".join(_DEED.sub("", quote).strip().strip('"「」').split())
    bare = bare[1:-1] if bare[:1] == "“" and bare.find("”") == len(bare) - 1 else bare
    return re.sub(r"[\"“「]([^\"“”「」]*)[\"”」]", r"‘\1’", bare)
