"""The values a prompt is made from and made of: `Scene` in, `Prompt` out. No ids, no rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from roleplay.prompt.checks import Break
from roleplay.prompt.lorebook.values import Book, Lore, Timed

Role = Literal["system", "user", "assistant"]
Reason = Literal[
    "head",
    "history",
    "reinforcement",
    "cut",
    "lore",
    "depth_prompt",
    "note",
    "length",
    "post_history",
    "impersonation",
    "drafting",
]
Field = Literal[
    "opening",
    "lore",
    "description",
    "personality",
    "background",
    "speech",
    "scenario",
    "situations",
    "persona",
    "rules",
    "examples",
    "depth_prompt",
    "note",
    "post_history",
    "macros",
    "prompt",
]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A character's definition, as its author wrote it: macros not yet replaced. Of a `hidden` one, what its readers
    write may bring in nothing: what that came to is theirs to see.
    """

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
    system_prompt: str = ""  # instead of the opening
    post_history: str = ""  # post-history instructions
    depth_prompt: str = ""
    depth_prompt_depth: int = 4
    depth_prompt_role: Role = "system"
    reminder: str = ""  # instead of the whole, where it is said again
    when_cut: str = ""  # what to avoid, instead of the template's line
    tags: frozenset[str] = frozenset()
    hidden: bool = False

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
    `reinforced`, `text` (prefix, or what is saved of it so far) and `reasoning`. `avoids` is how it broke its character on the
    way, and was cut. `impersonates`: it is no reply of the character, but what the persona may say next, other than the texts that were `drafted` before.
    `window_start` is the depth at which the model's view began for the reply before it, and `timed` what stays and
    rests of the lorebooks since then; `length` is the number of messages before the reply.

    `chat` and `build` name the conversation and the reply where something is left to chance. `began` is the clock of
    what stays for the conversation, `now` that of the reply; `idle` is how long the user had been silent.
    `budget` is in tokens as they are estimated; the model counts `factor` for each.
    """

    sheet: Sheet
    persona: Persona
    lines: tuple[Line, ...]
    books: tuple[Book, ...] = ()
    timed: Timed = Timed()
    length: int = 0
    note: str = ""  # the author's
    note_depth: int = 4
    written_places: bool = False
    reply_words: int = 0  # about so many; 0 for any number
    reinforced: bool = False
    avoids: tuple[Break, ...] = ()
    impersonates: bool = False
    drafted: tuple[str, ...] = ()
    text: str = ""
    reasoning: str = ""
    window_start: int = 0
    budget: int = 32_768
    factor: float = 1.0
    model: str = ""
    chat: str = ""
    build: str = ""
    began: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    now: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    idle: timedelta = timedelta()


@dataclass(frozen=True)
class Cut:
    """What did not fit as it is written, and how many tokens were left out; of the `prompt`: how many it is too long.
    Of `macros` it is not known.
    """

    what: Field
    tokens: int | None


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

    `left_out`: messages of the scene that stand before the model's view, and have a text. `cuts` is what else is
    missing, and `lore` what the lorebooks said.
    """

    blocks: tuple[Block, ...]
    name: str
    language: str = "en"  # the sheet's
    text: str = ""
    reasoning: str = ""
    window_start: int = 0
    left_out: int = 0
    cuts: tuple[Cut, ...] = ()
    lore: Lore = Lore()
    factor: float = 1.0  # the scene's
    fields: tuple[tuple[Field, int], ...] = ()  # of the system prompt, in order, with their tokens

    @property
    def tokens(self) -> int:
        return sum(block.tokens for block in self.blocks)
