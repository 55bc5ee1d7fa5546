"""What the model is told when it is to draft the user's next line instead of the character's."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.prompt.macros import expand, outside
from roleplay.prompt.values import Persona, Sheet


@dataclass(frozen=True)
class _Words:
    told: str
    drafted: str


_ENGLISH = _Words(
    told=(
        "This once, write for {{user}} instead: what {{user}} says or does next, in {{user}}'s own voice and as "
        "{{user}} wrote so far, in a few sentences. Write no word or deed of {{char}}, and nothing besides."
    ),
    drafted="Let it be another answer than these:",
)
_CHINESE = _Words(
    told=(
        "只此一次，改为替{{user}}写：用{{user}}自己的口吻和一贯的写法，写出{{user}}接下来说的话或做的事，几句即可。"
        "不要写{{char}}的言行，别的都不写。"
    ),
    drafted="不要与下面这些相同：",
)


def impersonation(sheet: Sheet, persona: Persona, drafted: tuple[str, ...]) -> str:
    """Who is to speak, and, where something was `drafted` before, that this is to be something else."""
    words = _CHINESE if sheet.language == "zh" else _ENGLISH
    told = expand(words.told, outside(sheet.char, persona.name))
    if not drafted:
        return told
    return "\n".join((told, "", words.drafted, *(f"- {' '.join(text.split())}" for text in drafted)))
