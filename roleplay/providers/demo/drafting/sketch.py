"""PURE: who a draft is about: what the premise says, and a name, a stage and a temper that go with it.

The same premise gives the same character, whichever keys are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from roleplay.prompt.text import clean_name
from roleplay.providers.demo.drafting import chinese_premise, english_premise
from roleplay.providers.demo.drafting.brief import Brief
from roleplay.providers.demo.drafting.premise import Premise
from roleplay.providers.demo.drafting.repertoire import Stage, Temper, Words
from roleplay.providers.demo.portrait import is_chinese

_HAN = re.compile(r"[\u3400-\u9fff]")
_OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f\u3400-\u9fff]")
_MARKS = re.compile(
    r"\{\{[^{}]*\}\}|[*{}<>|\[\]#_`\"“”「」『』‘\\]|(?<=\s)['’]|['’](?=\s|$)|[^\S\n]+|[^\w\s.,;:!?…'’。，、！？；：—–&()-]"
)
_LONGEST_QUOTED = 40  # code points of a premise that is quoted
_LONGEST_CALLED = 40  # likewise, of what the user is called
_HERS = re.compile(
    r"\b(?:she|her|hers|herself|woman|girl|lady|queen|princess|witch|nun|mother|sister|widow|waitress|actress|wife"
    r"|daughter|goddess|mermaid|grandmother|aunt|heroine|maid)\b|[她女娘妈姐妹妻婆妃尼]|公主|寡妇",
    re.IGNORECASE,
)
_HIS = re.compile(
    r"\b(?:he|him|his|himself|man|boy|king|prince|monk|father|brother|widower|husband|son|gentleman|grandfather|uncle"
    r"|fisherman|priest|wizard|butler)\b|[他男爷爸哥弟叔伯]|国王|王子|和尚|道士|老汉",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_TITLE = re.compile(r"^(?:(?:Dr|Mr|Mrs|Ms|Prof|St|Sir|Lady|Lord|Captain|The)\b\.?\s+)+", re.IGNORECASE)

_T = TypeVar("_T", Stage, Temper)


@dataclass(frozen=True, kw_only=True)
class Sketch:
    premise: Premise
    chinese: bool
    name: str
    nickname: str
    hers: bool
    stage: Stage
    temper: Temper
    calls: str
    things: tuple[str, ...]
    place: str


def sketch(brief: Brief, words: Words, random: Random) -> Sketch:
    source = _source(brief) or random.choice(words.strangers)
    premise = _foreign(source) if _is_foreign(source, brief.chinese) else _read(source, chinese=brief.chinese)
    told = "\n".join(text for key in brief.written for text in (brief.said(key), *brief.listed(key)))
    signs = f"{source}\n{told}"
    hers, first, last = random.random() < 0.5, random.random(), random.choice(words.surnames)
    hers = _hers(signs, usual=hers)
    names = words.women if hers else words.men
    given = names[int(first * len(names))]
    made = f"{last}{given}" if brief.chinese else f"{given} {last}"
    name = clean_name(brief.said("name") or premise.name) or made
    stages = [each for each in words.stages if each.tag in told or each.place in told]
    tempers = [each for each in words.tempers if each.tag in told or each.speech in told]
    stage = _fitting(stages or words.stages, signs, random)
    temper = _fitting(tempers or words.tempers, signs, random)
    return Sketch(
        premise=premise,
        chinese=brief.chinese,
        name=name,
        nickname=clean_name(brief.said("nickname")) or _short(name, chinese=brief.chinese),
        hers=hers,
        stage=stage,
        temper=temper,
        calls=brief.said("calls_user")[:_LONGEST_CALLED] or stage.calls,
        things=premise.things[:3] or (*_being(premise, words), stage.thing),
        place=_place(premise, stage, chinese=brief.chinese),
    )


def _source(brief: Brief) -> str:
    """The premise; where there is none, what is written tells."""
    written = next(filter(None, map(brief.said, ("description", "tagline", "background", "scenario"))), "")
    lines = (_MARKS.sub(" ", line).strip() for line in (brief.premise or written).splitlines())
    return "\n".join(" ".join(line.split()) for line in lines if re.search(r"\w", line))


def _is_foreign(text: str, chinese: bool) -> bool:
    """Whether it is in another language than the draft, or in a script that is not read."""
    if len(_OTHER_SCRIPT.findall(text)) > len(text) / 5 or not re.search(r"[A-Za-z\u3400-\u9fff]", text):
        return True
    return is_chinese(text) != chinese


def _foreign(text: str) -> Premise:
    """Its words can only be quoted; what is read of them in their own language tells which."""
    if len(_OTHER_SCRIPT.findall(text)) > len(text) / 5 or not re.search(r"[A-Za-z\u3400-\u9fff]", text):
        return Premise(
            who=f"‘{_clipped(text)}’", role=f"‘{_clipped(text)}’", things=(f"‘{_clipped(text.split()[-1])}’",)
        )
    own = _read(text, chinese=is_chinese(text))
    things = tuple(f"‘{_ARTICLE.sub('', thing)}’" for thing in own.things if not thing.endswith("这件事"))
    who = f"‘{_clipped(_ARTICLE.sub('', own.who or text))}’"
    return Premise(name=own.name, who=who, role=who, things=things or (who,))


def _read(text: str, *, chinese: bool) -> Premise:
    return chinese_premise.read(text) if chinese else english_premise.read(text)


def _clipped(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTED else line[:_LONGEST_QUOTED].rstrip() + "…"


def _hers(text: str, *, usual: bool) -> bool:
    hers, his = len(_HERS.findall(text)), len(_HIS.findall(text))
    return usual if hers == his else hers > his


def _fitting(options: Sequence[_T], text: str, random: Random) -> _T:
    fit = [each for each in options if each.signs and re.search(each.signs, text, re.IGNORECASE)]
    return random.choice(fit or [each for each in options if not each.signs] or options)


def _being(premise: Premise, words: Words) -> tuple[str, ...]:
    return (words.being.replace("{role}", premise.role),) if premise.role else ()


def _short(name: str, *, chinese: bool) -> str:
    """What one is called for short."""
    if chinese and _HAN.fullmatch(name[-1]):
        return f"阿{name[-1]}" if 2 <= len(name) <= 4 and name[0] != "阿" else name
    return _TITLE.sub("", name).split(" ")[0] or name


def _place(premise: Premise, stage: Stage, *, chinese: bool) -> str:
    return next(iter(premise.places), stage.place)
