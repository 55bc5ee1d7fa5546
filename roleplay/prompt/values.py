"""The values a prompt is made from and made of: `Scene` in, `Prompt` out. No ids, no rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["system", "user", "assistant"]
Reason = Literal["head", "history", "reinforcement", "note", "impersonation"]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A character's definition, as its author wrote it: macros not yet replaced."""

    name: str
    nickname: str = ""
    language: str = "en"  # "en" or "zh": which template tells the model who it is
    description: str = ""
    personality: str = ""
    background: str = ""
    speech: str = ""
    quotes: tuple[str, ...] = ()
    situations: tuple[tuple[str, str], ...] = ()  # (when, then)
    scenario: str = ""
    rules: str = ""
    examples: str = ""

    @property
    def char(self) -> str:
        """The name that `{{char}}` stands for, and under which the character speaks."""
        return self.nickname or self.name


@dataclass(frozen=True)
class Persona:
    """Who the user is in the scene."""

    name: str
    description: str = ""


@dataclass(frozen=True)
class Line:
    """One message of the path. A line without text was never said: only its mark counts."""

    role: Literal["user", "assistant"]
    name: str
    text: str
    depth: int
    reinforced: bool = False


@dataclass(frozen=True, kw_only=True)
class Scene:
    """All that a prompt depends on.

    `lines` is the path up to the reply's parent, oldest first; the reply itself is described by
    `reinforced`, `text` (prefix, or what is saved of it so far) and `reasoning`. `impersonates`: it is no reply of
    the character, but what the persona may say next, other than the texts that were `drafted` before.
    `window_start` is the depth at which the model's view began for the reply before it.
    """

    sheet: Sheet
    persona: Persona
    lines: tuple[Line, ...]
    note: str = ""  # the author's
    reinforced: bool = False
    impersonates: bool = False
    drafted: tuple[str, ...] = ()
    text: str = ""
    reasoning: str = ""
    window_start: int = 0
    budget: int = 32_768  # tokens


@dataclass(frozen=True)
class Block:
    """One message of a prompt, and why it is there. `depth` is where a message of the history stands on its path."""

    role: Role
    text: str
    reason: Reason
    tokens: int
    name: str = ""
    depth: int | None = None


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """What the model is told: blocks in order, then the partial message under `name`.

    `left_out`: messages of the scene that stand before the model's view, and have a text.
    """

    blocks: tuple[Block, ...]
    name: str
    language: str = "en"  # the sheet's
    text: str = ""
    reasoning: str = ""
    window_start: int = 0
    left_out: int = 0

    @property
    def tokens(self) -> int:
        return sum(block.tokens for block in self.blocks)
