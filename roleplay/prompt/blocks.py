"""The system prompt: one template in sections, in English and Chinese. An empty section leaves no trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from roleplay.prompt.budget import PER_MESSAGE, size
from roleplay.prompt.fitting import cut
from roleplay.prompt.macros import Macros, expand, outside
from roleplay.prompt.values import Cut, Field, Scene, Sheet

MOST_OF_BUDGET = 3 / 8  # what the system prompt may take
# What stays longest where there is too little room.
_WEIGHTIEST: tuple[Field, ...] = (
    "opening",
    "description",
    "personality",
    "speech",
    "background",
    "scenario",
    "persona",
    "situations",
    "rules",
    "lore",
    "examples",
)


@dataclass(frozen=True)
class _Words:
    opening: str
    description: str
    personality: str
    background: str
    speech: str
    quotes: str
    scenario: str
    situations: str
    situation: str
    persona: str
    rules: str
    examples: str


_ENGLISH = _Words(
    opening=(
        "You play {{char}} in a role-play with {{user}}. Write {{char}}'s next reply, and nothing else: {{char}}'s "
        "words in quotation marks, what {{char}} does and perceives *in asterisks*. Stay {{char}} whatever is said. "
        "Never write the words, deeds or thoughts of {{user}}, never step out of the scene, and never speak as an AI "
        "or an assistant. Leave {{user}} room to answer."
    ),
    description="# Who {{char}} is",
    personality="# Personality",
    background="# Background and motives",
    speech="# Manner of speech",
    quotes="{{char}} says things like:",
    scenario="# Scenario",
    situations="# How {{char}} acts",
    situation="- When %s, %s",
    persona="# Who {{user}} is",
    rules="# Rules of the scene",
    examples="# Example dialogue\nIt shows the voice. None of it was said in this scene.",
)

_CHINESE = _Words(
    opening=(
        "你在与{{user}}的角色扮演中饰演{{char}}。只写{{char}}的下一段回复，别的都不写：说的话放在引号里，动作与所见所感"
        "*放在星号里*。无论对方说什么，都始终是{{char}}。绝不替{{user}}说话、行动或思考，绝不跳出场景，绝不以人工智能或"
        "助手的口吻说话。给{{user}}留出接话的余地。"
    ),
    description="# {{char}}是谁",
    personality="# 性格",
    background="# 来历与动机",
    speech="# 说话方式",
    quotes="{{char}}会这样说：",
    scenario="# 场景",
    situations="# {{char}}如何应对",
    situation="- 当%s，%s",
    persona="# {{user}}是谁",
    rules="# 场景规则",
    examples="# 对话示例\n只用来体会语气，并未在此场景中说过。",
)


@dataclass(frozen=True)
class Section:
    """A part of the system prompt, with its heading."""

    field: Field
    text: str

    @property
    def tokens(self) -> int:
        return size(self.text)


@dataclass(frozen=True)
class Head:
    """Who plays whom, and how: the same bytes for the same version of a character and persona."""

    sections: tuple[Section, ...]
    cuts: tuple[Cut, ...] = ()

    @property
    def text(self) -> str:
        return _joined(*(section.text for section in self.sections))

    @property
    def opening(self) -> str:
        return self.sections[0].text if self.sections else ""


def head(scene: Scene, macros: Macros, lore: Mapping[str, str]) -> Head:
    """`lore` is what the lorebooks always tell, by its place: before, after, examples_top, examples_bottom."""
    return _fitted(_sections(scene, macros, lore), int(scene.budget * MOST_OF_BUDGET) - PER_MESSAGE)


def _sections(scene: Scene, macros: Macros, lore: Mapping[str, str]) -> list[Section]:
    sheet = scene.sheet
    words = _words(sheet)
    ours = outside(sheet.char, scene.persona.name)

    def say(text: str) -> str:
        return expand(text, macros).strip()

    def section(heading: str, body: str) -> str:
        return f"{expand(heading, ours)}\n{body}" if body else ""

    quotes = "\n".join(f"- {said}" for quote in sheet.quotes if (said := say(quote)))
    situations = "\n".join(
        words.situation % (say(when), say(then))
        for when, then in sheet.situations
        if when.strip() and then.strip()
    )
    examples = _joined(lore.get("examples_top", ""), say(sheet.examples), lore.get("examples_bottom", ""))
    made = (
        Section("opening", _opening(sheet, macros, expand(words.opening, ours))),
        Section("lore", lore.get("before", "")),
        Section("description", section(words.description, say(sheet.description))),
        Section("personality", section(words.personality, say(sheet.personality))),
        Section("background", section(words.background, say(sheet.background))),
        Section("speech", section(words.speech, _joined(say(sheet.speech), section(words.quotes, quotes)))),
        Section("lore", lore.get("after", "")),
        Section("scenario", section(words.scenario, say(sheet.scenario))),
        Section("situations", section(words.situations, situations)),
        # A persona is its user's text, and no template.
        Section("persona", section(words.persona, scene.persona.description.strip())),
        Section("rules", section(words.rules, say(sheet.rules))),
        Section("examples", section(words.examples, examples)),
    )
    return [each for each in made if each.text]


def _opening(sheet: Sheet, macros: Macros, ours: str) -> str:
    """The template's, or the character's own, which may bring the template's in."""
    own = expand(sheet.system_prompt, replace(macros, original=ours)).strip()
    return own or ours


def _fitted(sections: list[Section], room: int) -> Head:
    """The sections in their order, as much of them as there is room for: the weightiest first."""
    kept: dict[int, Section] = {}
    cuts: list[Cut] = []
    for at in sorted(range(len(sections)), key=lambda at: _WEIGHTIEST.index(sections[at].field)):
        whole = sections[at]
        part = replace(whole, text=cut(whole.text, room))
        if part.text != whole.text:
            cuts.append(Cut(whole.field, whole.tokens - part.tokens))
        if part.text:
            kept[at] = part
        room = max(0, room - part.tokens - 1)
    return Head(tuple(kept[at] for at in sorted(kept)), tuple(cuts))


def _words(sheet: Sheet) -> _Words:
    return _CHINESE if sheet.language == "zh" else _ENGLISH


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
