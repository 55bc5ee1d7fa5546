"""Tabs before one conversation, over a line that is as bad as one may be."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from roleplay.conversations.events import Frame
from tests.faults.model import shown
from tests.judging import changed, judge
from tests.page import Page

Since = Callable[[int], Frame]
"""Answers a resume with a snapshot."""

After = Callable[[str | None], Any]
"""Answers with the part of the path after a message; None where that is not on the path."""


@dataclass
class Tab:
    """A page, the frames that are on their way to it, and `shown`: the messages as it had them last."""

    who: str
    since: Since
    after: After
    page: Page = field(default_factory=Page)
    inbox: list[bytes] = field(default_factory=list)
    shown: dict[str, Any] = field(default_factory=dict)

    def receive(self, frame: bytes) -> None:
        """Raises TakenBack, over reloads too."""
        self.page.receive(orjson.loads(frame))
        self._judge()

    def _judge(self) -> None:
        for id, message in self.page.messages.items():
            known = self.shown.get(id, message)
            if not changed(known, message):
                judge(known["text"], message["text"])
            self.shown[id] = dict(message)

    def load(self) -> None:
        """A page that is loaded anew forgets all but what was acknowledged."""
        self.page = Page(acknowledged=self.page.acknowledged)
        self.receive(orjson.dumps(self.since(0)))

    def ask(self, times: int = 3) -> None:
        """Asks for what the page wants."""
        for _ in range(times):
            if self.page.wants == "reload":
                self.load()
            elif self.page.wants == "later":
                self._go_on()
            elif self.page.wants:
                self.page.asked()
                self.receive(orjson.dumps(self.since(self.page.revision)))

    def _go_on(self) -> None:
        after, part = self.page.head, self.after(self.page.head)
        self.page.asked()
        if part is None:
            self.load()
        else:
            self.page.append(after, part)
            self._judge()

    def mended(self, pulse: bytes) -> Tab:
        """What the tab would be after a pulse. The tab itself stays as it is."""
        page = deepcopy(replace(self.page, heard=[]))
        other = Tab(self.who, self.since, self.after, page, shown=dict(self.shown))
        other.receive(pulse)
        other.ask()
        return other

    @property
    def path(self) -> list[tuple[str, str, str]]:
        """As the model has it."""
        known = self.page.messages
        return [(id, text, shown(known[id]["state"])) for id, _, text in self.page.path]

    @property
    def opened(self) -> tuple[str, int | None] | None:
        opened = self.page.open
        on_path = opened and opened["message"] in [id for id, *_ in self.page.path]
        return (opened["message"], opened["place"]) if opened and on_path else None


class Tabs:
    """One that `hears` all, one that `suffers` from the network, and one that `leaves` and comes back.

    `held` is what the writer of a reply has to tell, while others tell more; None where it is told at once.
    """

    def __init__(self, tab: Callable[[str], Tab], hello: Callable[[], Frame]) -> None:
        self.whose = {"hears": tab("ada"), "suffers": tab("ben"), "leaves": tab("ada")}
        for each in self.whose.values():
            each.load()
        self.held: list[Frame] | None = None
        self.away = False
        self._hello = hello
        self.connect()

    def connect(self) -> None:
        """All lines have broken, and with them what was on its way; who is there is greeted anew."""
        self.held = None
        for name, tab in self.whose.items():
            tab.inbox.clear()
            self._deliver(name, self._hello())

    def tell(self, *frames: Frame, but: str = "", only: str = "") -> None:
        for frame in frames:
            for name in self.whose:
                if name != but and only in ("", name):
                    self._deliver(name, frame)

    def tell_of_writing(self, *frames: Frame) -> None:
        if self.held is None:
            self.tell(*frames)
        else:
            self.held += frames

    def let_go(self) -> None:
        held, self.held = self.held or [], None
        self.tell(*held)

    def hold(self) -> None:
        self.held = self.held or []

    def leave(self) -> None:
        self.away = True

    def come_back(self) -> None:
        self.away = False
        self._deliver("leaves", self._hello())

    def suffer(self, how: str) -> None:
        """What the network does to the next frame on its way."""
        tab = self.whose["suffers"]
        if how == "ask":
            tab.ask(1)
        elif how == "swap":
            tab.inbox[:2] = tab.inbox[1::-1]
        elif tab.inbox:
            frame = tab.inbox.pop(0)
            for _ in range({"drop": 0, "deliver": 1, "double": 2}[how]):
                tab.receive(frame)

    def _deliver(self, name: str, frame: Frame) -> None:
        tab, text = self.whose[name], orjson.dumps(frame)
        if name == "suffers":
            tab.inbox.append(text)
        elif name == "hears" or not self.away:
            tab.receive(text)
            tab.ask()
