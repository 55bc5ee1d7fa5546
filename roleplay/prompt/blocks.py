"""The system prompt: one template in sections, in English and Chinese. An empty section leaves no trace."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.prompt.macros import expand
from roleplay.prompt.values import Persona, Sheet


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


def system_prompt(sheet: Sheet, persona: Persona) -> str:
    """Who plays whom, and how: the same bytes for the same version of a character and persona."""
    words = _CHINESE if sheet.language == "zh" else _ENGLISH
    macros = {"char": sheet.char, "user": persona.name}

    def say(text: str) -> str:
        return expand(text, macros).strip()

    def section(heading: str, body: str) -> str:
        return f"{say(heading)}\n{body}" if body else ""

    quotes = "\n".join(f"- {said}" for quote in sheet.quotes if (said := say(quote)))
    situations = "\n".join(
        words.situation % (say(when), say(then))
        for when, then in sheet.situations
        if when.strip() and then.strip()
    )
    sections = (
        say(words.opening),
        section(words.description, say(sheet.description)),
        section(words.personality, say(sheet.personality)),
        section(words.background, say(sheet.background)),
        section(words.speech, _joined(say(sheet.speech), section(words.quotes, quotes))),
        section(words.scenario, say(sheet.scenario)),
        section(words.situations, situations),
        # A persona is its user's text, and no template.
        section(words.persona, persona.description.strip()),
        section(words.rules, say(sheet.rules)),
        section(words.examples, say(sheet.examples)),
    )
    return _joined(*sections)


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
