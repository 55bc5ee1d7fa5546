"""A system prompt on its own."""

from __future__ import annotations

from typing import Any

from roleplay.prompt.assemble import assemble
from roleplay.prompt.values import Persona, Scene, Sheet


def system_prompt(sheet: Sheet, persona: Persona, **scene: Any) -> str:
    return assemble(Scene(sheet=sheet, persona=persona, lines=(), **scene)).blocks[0].text
