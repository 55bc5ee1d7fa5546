"""What one turn needs besides: at the end of the prompt, or at a depth where its authors want it so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roleplay.prompt.budget import size, tokens
from roleplay.prompt.fitting import cut
from roleplay.prompt.impersonation import impersonation
from roleplay.prompt.lore import Placed
from roleplay.prompt.macros import Macros, expand, outside
from roleplay.prompt.scene_macros import blinded
from roleplay.prompt.values import Block, Cut, Field, Reason, Role, Scene

PART_OF_BUDGET = 1 / 16  # what the note, the depth prompt and the post-history instructions may each take

_LENGTH = {
    "en": "Let {{char}}'s reply have about %d words.",
    "zh": "{{char}}的这段回复大约%d个字。",
}


@dataclass(frozen=True)
class Tail:
    """`inserted` stand among the messages, each before the newest so many of them; `last` follow all of them."""

    last: tuple[Block, ...]
    inserted: tuple[tuple[int, Block], ...]
    cuts: tuple[Cut, ...]

    @property
    def tokens(self) -> int:
        return sum(block.tokens for block in (*self.last, *(block for _, block in self.inserted)))


def tail(scene: Scene, macros: Macros, lore: Placed) -> Tail:
    """Behind all that the request before had too, unless the scene restores the written places."""
    made = _Making(scene)
    sheet, at_place = scene.sheet, scene.written_places
    note = made.said("note", scene.note, blinded(macros) if sheet.hidden else macros)
    deep = made.said("depth_prompt", sheet.depth_prompt, macros)

    last = list(_blocks(("lore", lore.tail)))
    inserted = [
        (found.entry.depth, made.block(found.entry.role, found.text, "lore")) for found in lore.at_depth
    ]
    if at_place:
        if deep:
            inserted.append(
                (sheet.depth_prompt_depth, made.block(sheet.depth_prompt_role, deep, "depth_prompt"))
            )
        around = (("lore", lore.note["note_top"]), ("note", note), ("lore", lore.note["note_bottom"]))
        inserted += [(scene.note_depth, block) for block in _blocks(*(around if note else ()))]
    else:
        last += _blocks(("depth_prompt", deep), ("note", note))
    if scene.impersonates:
        last += _blocks(("impersonation", impersonation(sheet, scene.persona, scene.drafted)))
    else:
        length = _LENGTH[sheet.language] % scene.reply_words if scene.reply_words else ""
        last += _blocks(
            ("length", expand(length, outside(sheet.char, scene.persona.name))),
            ("post_history", made.said("post_history", sheet.post_history, macros)),
        )
    return Tail(tuple(last), tuple(inserted), tuple(made.cuts))


class _Making:
    """Texts of authors, as much of each as there is room for."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._most = int(scene.budget * PART_OF_BUDGET)
        self.cuts: list[Cut] = []

    def said(self, field: Field, text: str, macros: Macros) -> str:
        whole = expand(text, macros).strip()
        kept = cut(whole, self._most)
        if kept != whole:
            self.cuts.append(Cut(field, size(whole) - size(kept)))
        return kept

    def block(self, role: Role, text: str, reason: Reason) -> Block:
        """Whoever says it bears his name."""
        named = {"system": "", "user": self._scene.persona.name, "assistant": self._scene.sheet.char}
        return Block(role, text, reason, tokens(text), named[role])


def _blocks(*parts: tuple[Reason, str]) -> Iterator[Block]:
    for reason, text in parts:
        if text:
            yield Block("system", text, reason, tokens(text))
