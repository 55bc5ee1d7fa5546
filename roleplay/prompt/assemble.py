"""Scene -> Prompt: head, history with names, the system prompt once more, the tail, the partial message.

The head is the same bytes for the whole conversation, the repeat keeps its place until the next is due,
and the window moves seldom and far: so that a request repeats the one before it and adds to its end.
"""

from __future__ import annotations

from roleplay.prompt.blocks import system_prompt
from roleplay.prompt.budget import first_in_view, tokens, window_start
from roleplay.prompt.impersonation import impersonation
from roleplay.prompt.macros import expand
from roleplay.prompt.reinforcement import place
from roleplay.prompt.values import Block, Line, Prompt, Scene


def assemble(scene: Scene) -> Prompt:
    """What the model is told for the scene's reply, or for what its user may say next."""
    head = system_prompt(scene.sheet, scene.persona)
    head_tokens = tokens(head)
    repeat = place(scene.lines, scene.reinforced)
    tail = _tail(scene)

    sizes = [tokens(line.text) if line.text else 0 for line in scene.lines]
    start = window_start(
        sizes,
        first_in_view([line.depth for line in scene.lines], scene.window_start),
        fixed=head_tokens * (1 if repeat is None else 2)
        + sum(block.tokens for block in tail)
        + tokens(scene.text),
        budget=scene.budget,
    )

    blocks = [Block("system", head, "head", head_tokens)]
    again = Block("system", head, "reinforcement", head_tokens)
    for index, line in enumerate(scene.lines[start:], start):
        if index == repeat:
            blocks.append(again)
        if line.text.strip():
            blocks.append(Block(line.role, line.text, "history", sizes[index], line.name, line.depth))
    if repeat == len(scene.lines):
        blocks.append(again)
    return Prompt(
        blocks=(*blocks, *tail),
        name=scene.persona.name if scene.impersonates else scene.sheet.char,
        language=scene.sheet.language,
        text=scene.text,
        reasoning=scene.reasoning,
        window_start=_depth(scene.lines, start),
        left_out=sum(1 for line in scene.lines[:start] if line.text.strip()),
    )


def _tail(scene: Scene) -> tuple[Block, ...]:
    """What this turn needs, behind all that the request before it had too."""
    tail = []
    if note := expand(scene.note, {"char": scene.sheet.char, "user": scene.persona.name}).strip():
        tail.append(Block("system", note, "note", tokens(note)))
    if scene.impersonates:
        told = impersonation(scene.sheet, scene.persona, scene.drafted)
        tail.append(Block("system", told, "impersonation", tokens(told)))
    return tuple(tail)


def _depth(lines: tuple[Line, ...], index: int) -> int:
    return lines[index].depth if index < len(lines) else 0
