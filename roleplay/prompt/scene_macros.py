"""What macros stand for in a scene: in the head as they were when the conversation began, in the tail as they are now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from roleplay.prompt.macros import MOST_WORK, Macros, expand, names
from roleplay.prompt.values import Scene, Sheet
from roleplay.prompt.work import Work


def head_macros(scene: Scene) -> Macros:
    """The same for the whole conversation: nothing was said, and its clock stands at its beginning."""
    unsaid = dict.fromkeys(("lastmessage", "lastusermessage", "lastcharmessage", "input"), "")
    start = Macros(
        values=_lasting(scene) | unsaid | {"lastmessageid": "0"},
        language=scene.sheet.language,
        chat=scene.chat,
        build=scene.chat,
        now=scene.began,
        idle=timedelta(),
    )
    return _with_fields(start, scene)


def turn_macros(scene: Scene, head: Macros) -> Macros:
    """For what is told in this turn alone."""
    said = [line for line in scene.lines if line.text.strip()]
    by_user = next((line.text for line in reversed(said) if line.role == "user"), "")
    by_char = next((line.text for line in reversed(said) if line.role == "assistant"), "")
    values = {
        **head.values,
        "lastmessage": said[-1].text if said else "",
        "lastusermessage": by_user,
        "lastcharmessage": by_char,
        "lastmessageid": str(said[-1].depth if said else 0),
        "input": by_user,
    }
    return replace(
        head,
        values=values,
        build=scene.build,
        now=scene.now,
        idle=scene.idle,
        work=Work(MOST_WORK),  # what a turn takes leaves the head as it is
    )


def _lasting(scene: Scene) -> dict[str, str]:
    return {
        **names(scene.sheet.char, scene.persona.name),
        "persona": scene.persona.description,
        "model": scene.model,
        "maxprompt": str(scene.budget),
        "summary": "",
    }


def blinded(macros: Macros) -> Macros:
    """For what is written by one who may not know the definition: macros of it stay as they are written."""
    values = {name: value for name, value in macros.values.items() if name not in _FIELDS}
    return replace(macros, values=values, outlets={})


_FIELDS: dict[str, Callable[[Sheet], str]] = {
    "description": lambda sheet: sheet.description,
    "personality": lambda sheet: sheet.personality,
    "scenario": lambda sheet: sheet.scenario,
    "mesexamples": lambda sheet: sheet.examples,
    "charprompt": lambda sheet: sheet.system_prompt,
    "charinstruction": lambda sheet: sheet.post_history,
    "chardepthprompt": lambda sheet: sheet.depth_prompt,
}


def _with_fields(start: Macros, scene: Scene) -> Macros:
    """With the character's own texts. In these, such macros stay as they are written: nothing goes round in circles."""
    said = {name: expand(text_of(scene.sheet), start) for name, text_of in _FIELDS.items()}
    return replace(start, values={**start.values, **said}, work=Work(MOST_WORK))
