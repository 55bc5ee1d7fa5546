"""A plain simulation of conversations: what is said, fails, is refused and is asked anew, with each request's prompt.

It knows the rules of turns, and nothing of how prompts are made.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from roleplay.prompt.assemble import assemble
from roleplay.prompt.values import Line, Persona, Prompt, Scene, Sheet

GREETING = "greeting"
ONE_TO_NINE = st.integers(1, 9)
SHEET = Sheet(name='Mira "Vance"', description="{{char}} draws maps for {{user}}.", quotes=("Look closer.",))
PERSONA = Persona("Ada\tByron", "A surveyor.")


@dataclass(frozen=True)
class Asked:
    """One request for a reply: number and depth of that reply, and of the newest on the path that was due."""

    scene: Scene
    prompt: Prompt
    number: int
    depth: int
    due_depth: int | None
    edited: bool  # whether texts changed or left the path since the request before
    every: int  # N at that time
    reinforced: bool


@dataclass
class Chat:
    """`read`: how many messages of the path a request reads."""

    every: int
    budget: int
    read: int
    path: list[Line] = field(default_factory=lambda: [Line("assistant", "Mira Vance", GREETING, 0)])
    asked: list[Asked] = field(default_factory=list)
    numbers: list[int] = field(default_factory=lambda: [0])  # replies up to each line
    starts: list[int] = field(default_factory=lambda: [0])  # where the view began for each line
    lasts: list[int] = field(
        default_factory=lambda: [0]
    )  # number of the newest reinforced reply up to each line
    edited: bool = False
    drifted: bool = False  # the newest reply

    def user_says(self, size: int) -> None:
        self._add(Line("user", "Ada Byron", f"user {len(self.path)} " + "words " * size, len(self.path)))

    def reply(self, size: int, saved: str = "") -> None:
        """A reply is asked for; with no size it fails. `saved`: what is there of it before the request."""
        number, depth = self.numbers[-1] + 1, len(self.path)
        last = self.lasts[-1]
        due = self.every > 0 and (number % self.every == 0 or number - (last or 1) >= self.every)
        due, self.drifted = due or self.drifted, False
        lines = tuple(self.path[-self.read :])
        start = max(self.starts[-self.read :])
        scene = Scene(
            sheet=SHEET, persona=PERSONA, lines=lines, reinforced=due, text=saved, window_start=start, budget=self.budget
        )  # fmt: skip
        prompt = assemble(scene)
        marked = [line.depth for line in lines if line.reinforced] + [depth] * due
        due_depth = max(marked, default=None)
        self.asked.append(Asked(scene, prompt, number, depth, due_depth, self.edited, self.every, due))
        self.edited = False
        text = f"reply {number} " + "words " * size if size else ""
        line = Line("assistant", "Mira Vance", text, depth, reinforced=due)
        self._add(line, 1, prompt.window_start, number if due else last)

    def ask_anew(self, size: int) -> None:
        """Where there is a reply, and it was not refused."""
        if self.path[-1].depth and not self.edited:
            for column in (self.path, self.numbers, self.starts, self.lasts):
                column.pop()
            self.reply(size)

    def refuse(self) -> None:
        """A reply that the provider refuses: what the user said since the last one is no longer told."""
        self.reply(0)
        last = len(self.path) - 2
        while last and self.path[last].role == "user":
            self.path[last] = replace(self.path[last], text="")
            last -= 1
        self.edited = True

    def branch(self, depth: int) -> None:
        """Goes back to a message, and on from there. What comes next is compared with nothing."""
        for column in (self.path, self.numbers, self.starts, self.lasts):
            del column[1 + depth % len(column) :]
        self.edited, self.drifted = True, False

    def change(self, depth: int, text: str) -> None:
        """Edits a message, or hides or deletes it where the text is empty. Its mark stays."""
        at = depth % len(self.path)
        self.path[at] = replace(self.path[at], text=text)
        self.edited = True

    def _add(self, line: Line, replies: int = 0, start: int = 0, last: int | None = None) -> None:
        self.path.append(line)
        self.numbers.append(self.numbers[-1] + replies)
        self.starts.append(start)
        self.lasts.append(self.lasts[-1] if last is None else last)


@st.composite
def chats(draw: st.DrawFn, every: st.SearchStrategy[int] = ONE_TO_NINE) -> Chat:
    """Chats of any course; most say and answer."""
    chat = Chat(
        every=draw(every),
        budget=draw(st.sampled_from([700, 1000, 1600, 30_000])),
        read=draw(st.sampled_from([25, 41, 400])),
    )
    sizes = st.integers(1, 60)
    steps = st.sampled_from(["answer"] * 8 + ["two messages", "fail", "refuse", "retry", "resume"])
    length = draw(st.sampled_from([4, 12, 40]))
    for step in draw(st.lists(steps, min_size=length // 2, max_size=length)):
        if step == "retry":
            chat.ask_anew(draw(st.just(0) | sizes))
            continue
        chat.user_says(draw(sizes))
        if step == "two messages":
            chat.user_says(draw(sizes))
        if step == "refuse":
            chat.refuse()
        else:
            chat.reply(0 if step == "fail" else draw(sizes), "So far" if step == "resume" else "")
    return chat


@st.composite
def trees(draw: st.DrawFn) -> Chat:
    """Chats in which everything may happen: N is changed, replies drift, one branches, edits, hides and asks anew."""
    chat = Chat(
        every=draw(st.integers(1, 20)),
        budget=draw(st.sampled_from([700, 1600, 30_000])),
        read=draw(st.sampled_from([41, 400])),
    )
    steps = st.sampled_from(["answer"] * 10 + ["N", "drift", "branch", "edit", "hide", "retry", "fail"])
    for step in draw(st.lists(steps, min_size=5, max_size=60)):
        if step == "N":
            chat.every = draw(st.integers(1, 20))
        elif step == "branch":
            chat.branch(draw(st.integers(0, 100)))
        elif step in ("edit", "hide"):
            chat.change(draw(st.integers(0, 100)), "changed" if step == "edit" else "")
        elif step == "retry":
            chat.ask_anew(draw(st.integers(1, 60)))
        else:
            chat.user_says(draw(st.integers(1, 60)))
            chat.reply(0 if step == "fail" else draw(st.integers(1, 60)))
            chat.drifted = step == "drift"
    return chat
