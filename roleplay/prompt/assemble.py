"""Scene -> Prompt: head, history with names, the system prompt once more, the tail, the partial message.

The head is the same bytes for the whole conversation, the repeat keeps its place until the next is due,
and the window moves seldom and far: so that a request repeats the one before it and adds to its end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from roleplay.prompt.blocks import Head, head
from roleplay.prompt.budget import first_in_view, tokens, window_start
from roleplay.prompt.lore import find_lore, placed, without_note
from roleplay.prompt.macros import Macros, expand
from roleplay.prompt.mending import once_more
from roleplay.prompt.reinforcement import place
from roleplay.prompt.scene_macros import head_macros, turn_macros
from roleplay.prompt.tail import Tail, tail
from roleplay.prompt.values import Block, Cut, Line, Prompt, Scene

WHOLE_REPEAT = 1 / 4  # of the budget: a longer system prompt is not said twice, but its opening


def assemble(scene: Scene) -> Prompt:
    """What the model is told for the scene's reply, or for what its user may say next."""
    lasting = head_macros(scene)
    passing = turn_macros(scene, lasting)
    lore = find_lore(scene, lasting, passing)
    if scene.written_places and not scene.note.strip():
        lore = without_note(lore)
    at = placed(lore, written=scene.written_places)
    lasting, passing = replace(lasting, outlets=at.outlets), replace(passing, outlets=at.outlets)

    first = head(scene, lasting, at.head)
    again = _again(scene, first, lasting)
    behind = tail(scene, passing, at)
    # A reply that was cut is told it directly before its own words, and nowhere else.
    last = [once_more(scene, again, passing)] if scene.avoids else []
    repeat = None if last else place(scene.lines, scene.reinforced)

    sizes = [tokens(line.text) if line.text else 0 for line in scene.lines]
    start = window_start(
        sizes,
        first_in_view([line.depth for line in scene.lines], scene.window_start),
        fixed=tokens(first.text)
        + (again.tokens if repeat is not None else 0)
        + behind.tokens
        + sum(block.tokens for block in last)
        + tokens(scene.text),
        budget=int(scene.budget / scene.factor),
    )
    blocks = (
        *([Block("system", first.text, "head", tokens(first.text))] if first.text else []),
        *_history(scene.lines, sizes, start, behind, repeat, again),
        *behind.last,
        *last,
    )
    over = sum(block.tokens for block in blocks) + tokens(scene.text) - int(scene.budget / scene.factor)
    cuts = [*first.cuts, *behind.cuts]
    if lasting.work.over or passing.work.over:
        cuts.append(Cut("macros", None))
    if over > 0:
        cuts.append(Cut("prompt", over))
    return Prompt(
        blocks=blocks,
        name=scene.persona.name if scene.impersonates else scene.sheet.char,
        language=scene.sheet.language,
        text=scene.text,
        reasoning=scene.reasoning,
        window_start=_depth(scene.lines, start),
        left_out=sum(1 for line in scene.lines[:start] if line.text.strip()),
        cuts=tuple(cuts),
        lore=lore,
        factor=scene.factor,
        fields=tuple((section.field, section.tokens) for section in first.sections),
    )


def _again(scene: Scene, first: Head, macros: Macros) -> Block:
    """The system prompt as it is said once more: the character's reminder, else the same text, else its opening."""
    text = expand(scene.sheet.reminder, macros).strip()
    if not text:
        text = first.text if tokens(first.text) <= scene.budget * WHOLE_REPEAT else first.opening
    return Block("system", text, "reinforcement", tokens(text))


def _history(
    lines: Sequence[Line], sizes: Sequence[int], start: int, behind: Tail, repeat: int | None, again: Block
) -> Iterator[Block]:
    """The messages in view, with the repeat before the line `repeat` and what is inserted at a depth among them."""
    told = [index for index in range(start, len(lines)) if lines[index].text.strip()]
    inserted = defaultdict(list)
    for depth, block in behind.inserted:
        inserted[max(0, len(told) - depth)].append(block)
    stands = repeat is not None and repeat >= start
    for number, index in enumerate(told):
        yield from inserted[number]
        if stands and repeat is not None and index >= repeat:
            yield again
            stands = False
        line = lines[index]
        yield Block(line.role, line.text, "history", sizes[index], line.name, line.depth)
    yield from inserted[len(told)]
    if stands:
        yield again


def _depth(lines: Sequence[Line], index: int) -> int:
    return lines[index].depth if index < len(lines) else 0
