"""What macros stand for in a scene: in the head as they were when the conversation began, in the tail as they are now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from roleplay.prompt.macros import MOST_WORK, Macros, expand, names
from roleplay.prompt.values import Scene
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


def _with_fields(start: Macros, scene: Scene) -> Macros:
    """With the character's own texts. In these, such macros stay as they are written: nothing goes round in circles."""
    sheet = scene.sheet
    fields = {
        "description": sheet.description,
        "personality": sheet.personality,
        "scenario": sheet.scenario,
        "mesexamples": sheet.examples,
        "charprompt": sheet.system_prompt,
        "charinstruction": sheet.post_history,
        "chardepthprompt": sheet.depth_prompt,
    }
    said = {name: expand(text, start) for name, text in fields.items()}
    return replace(start, values={**start.values, **said}, work=Work(MOST_WORK))
