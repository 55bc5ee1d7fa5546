"""What it costs to keep a character in its role by the guard: a chat of 60 turns with the demo model.

python -m benchmarks.mending    prints a table

A reply that is cut has asked for its prompt in vain, and for the words that were left out; what it goes on from says
who the character is once more. Tokens are the project's estimate. Without the guard, replies out of character stay.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

from roleplay.prompt.assemble import assemble
from roleplay.prompt.budget import size, tokens
from roleplay.prompt.checks import Break, Checks, breaks
from roleplay.prompt.reinforcement import is_due
from roleplay.prompt.values import Line, Persona, Prompt, Scene, Sheet
from roleplay.providers.demo import continuation, voice
from roleplay.providers.demo.request import Message, Request

TURNS = 60
CHECKS = Checks()
SHEET = Sheet(
    name="Mira",
    description="{{char}} keeps the lighthouse at Grey Point, and counts the ships at night. " * 12,
    speech="Plain words. Short sentences. " * 6,
    quotes=("A light that asks who it shines for is no light.", "The sea keeps its own accounts."),
)
SAID = (
    "What do you see tonight?",
    "I found an old key in my grandmother's attic. Whose was it?",
    "Tell me about the sea, then.",
    "And what of the bell on the north rock?",
    "I am not sure that I believe you.",
)


@dataclass
class Count:
    """Tokens of all requests, and of those that the reply was not cut in."""

    all: int = 0
    kept: int = 0
    cuts: int = 0
    broken: int = 0  # replies that stayed out of character


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    print("| N | guard | cuts | replies out of character | tokens | in vain |\n|---|---|---|---|---|---|")
    for every, guarded in ((8, False), (8, True), (0, False), (0, True)):
        count = _chat(every, guarded=guarded)
        print(
            f"| {every} | {'on' if guarded else 'off'} | {count.cuts} | {count.broken} | {count.all:,} "
            f"| {count.all / count.kept - 1:.1%} |"
        )
    return 0


def _chat(every: int, *, guarded: bool) -> Count:
    count, last, drifted = Count(), 0, False
    lines = [Line("assistant", "Mira", "*She lights the lamp.* “Come in.”", 0)]
    for number in range(1, TURNS + 1):
        lines.append(Line("user", "Ada", SAID[number % len(SAID)], len(lines)))
        due = is_due(number, every, last) or drifted
        scene = Scene(
            sheet=SHEET, persona=Persona("Ada"), lines=tuple(lines), length=len(lines), reinforced=due
        )
        text, cut = _reply(scene, count, guarded=guarded)
        drifted = bool(breaks(text, CHECKS, names=("Mira",), user="Ada", language="en"))
        last = number if due or cut else last
        count.broken += drifted
        lines.append(Line("assistant", "Mira", text, len(lines), reinforced=due or cut))
    return count


def _reply(scene: Scene, count: Count, *, guarded: bool) -> tuple[str, bool]:
    """The whole text, and whether it was cut on the way."""
    from roleplay.turns.guard import MOST_CUTS, Guard, Rules

    rules = Rules.of(CHECKS, names=("Mira",), user="Ada")
    text, avoids = "", tuple[Break, ...]()
    while True:
        prompt = assemble(replace(scene, avoids=avoids, text=text))
        guard = Guard(rules, text) if guarded and len(avoids) < MOST_CUTS else None
        said, cut = "", None
        for piece in _said(prompt, text):
            said += piece
            passed = guard.add(piece) if guard else None
            text += passed.text if passed else piece
            if passed and (cut := passed.cut):
                break
        else:
            if guard:
                last = guard.flush()
                text, cut = text + last.text, last.cut
        count.all += prompt.tokens + tokens(prompt.text) + size(said)
        text = text.rstrip()
        if not cut:
            count.kept += assemble(replace(scene, avoids=())).tokens + tokens("") + size(text)
            return text, bool(avoids)
        count.cuts += 1
        avoids = (*avoids, Break(cut.check, cut.words))


def _said(prompt: Prompt, content: str) -> Iterator[str]:
    messages = tuple(Message(block.role, block.text, block.name) for block in prompt.blocks)
    request = Request(messages=messages, speaker="Mira", content=content)
    return continuation.pieces(continuation.rest(voice.reply(request), content))


if __name__ == "__main__":
    sys.exit(main())
