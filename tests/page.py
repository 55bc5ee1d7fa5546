"""PURE: a page as it is seen from the socket: takes the server's frames, shows what they say, and asks where it must.

The browser's own code does the same in static/js/models/conversation.js; this one also judges what it is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.judging import changed, judge

Frame = dict[str, Any]
GROWING = ("pending", "streaming")


@dataclass
class Page:
    """`line` are the messages that are shown, oldest first; `messages` are those and all that were, by id.

    `open` is the reply that grows there: turn, message, generation and place; `elsewhere` one on another branch.
    `partial`: the path goes on below it. `wants` is "", "resume", "later" or "reload". A page of revision 0 takes a snapshot as a browser takes the loaded page.
    """

    revision: int = 0
    line: list[str] = field(default_factory=list)
    messages: dict[str, Frame] = field(default_factory=dict)
    open: Frame | None = None
    elsewhere: str | None = None
    partial: bool = False
    wants: str = ""
    acknowledged: dict[str, str] = field(default_factory=dict)  # client_id -> message
    refused: dict[str, str] = field(default_factory=dict)  # client_id -> code
    heard: list[Frame] = field(default_factory=list)

    @property
    def head(self) -> str | None:
        return self.line[-1] if self.line else None

    @property
    def path(self) -> list[tuple[str, str, str]]:
        """Id, role and text of what is shown, oldest first."""
        return [(id, self.messages[id]["role"], self.messages[id]["text"]) for id in self.line]

    def receive(self, frame: Frame) -> None:
        """Raises TakenBack."""
        self.heard.append(frame)
        if take := getattr(self, f"_{frame['type'].replace('.', '_')}", None):
            take(frame)

    def asked(self) -> None:
        """What it wants was asked for."""
        self.wants = ""

    def _hello(self, frame: Frame) -> None:
        self._want("resume")

    def _snapshot(self, frame: Frame) -> None:
        reset = frame["reset"] and self.revision > 0
        placed = not reset and all([self._put(message) for message in frame["messages"]])
        for message in frame["messages"]:
            self._acknowledge(message["client_id"], message)
        whole = self.partial or frame["head"] == self.head
        if not placed or (frame["revision"] >= self.revision and not whole):
            return self._want("reload")
        self.revision = max(self.revision, frame["revision"])
        self._know(frame["open"])

    def append(self, after: str | None, part: Frame) -> None:
        """A part of the path below what was shown, which ended with `after`."""
        if self.partial and after != self.head:
            self._want("later")
        elif self.partial:
            for message in part["messages"]:
                self._put(message)
            self.partial = part["later"]
            self._know(part["open"])

    def _know(self, opened: Frame | None) -> None:
        """Which reply is open, as the server has it."""
        self.elsewhere = opened["message"] if opened and opened["message"] not in self.line else None
        if opened and self._awaits(opened["message"], opened["generation"]):
            self._begin(opened, opened["text"])
        else:
            self.open = None

    def _message_saved(self, frame: Frame) -> None:
        here = self._is_here(frame)
        missed = frame.get("client_id") and not here and frame["revision"] > self.revision
        if missed or (here and not self._put(frame["message"])):
            return self._want("resume")
        self._seen(frame)
        self._acknowledge(frame.get("client_id"), frame["message"])
        if frame.get("client_id") and frame["message"]["id"] == frame["head"] not in self.line:
            self._want("reload")

    def _turn_waiting(self, frame: Frame) -> None:
        if not self._awaits(frame["message"]):
            return
        if not self._grows(frame["message"]):
            self._begin({**frame, "generation": 0})
        if self.open:
            self.open["place"] = frame["place"]

    def _turn_started(self, frame: Frame) -> None:
        if self._awaits(frame["message"], frame["generation"]):
            self._begin(frame)

    def _reply_delta(self, frame: Frame) -> None:
        if not self._awaits(frame["message"], frame["generation"]):
            return
        if not self._grows(frame["message"]):
            self._begin(frame)
        assert self.open
        message, known = self.messages[frame["message"]], self.open["generation"]
        length = len(message["text"])
        if frame["generation"] < known:
            return
        if frame["offset"] > length or (frame["generation"] > known and frame["offset"] != length):
            return self._want("resume")
        self.open["generation"] = frame["generation"]
        if fresh := frame["text"][length - frame["offset"] :]:
            message["text"] += fresh
            self.open["place"] = None

    def _reply_finished(self, frame: Frame) -> None:
        if self.open and self.open["turn"] == frame["turn"]:
            self.open = None
        if self._is_here(frame) and not self._put(frame["message"]):
            self._want("resume")
        self._seen(frame)

    _turn_failed = _reply_finished

    def _head_moved(self, frame: Frame) -> None:
        if frame["revision"] <= self.revision:
            return
        kept = frame["kept"]
        above = self.line and self.messages[self.line[0]]["parent"]
        if kept not in self.line and (kept or above):
            return self._want("reload")
        self.partial = frame["head"] != kept
        self._cut(self.line.index(kept) + 1 if kept else 0)
        self._seen(frame)
        if self.partial:
            self._want("later")

    def _pulse(self, frame: Frame) -> None:
        if frame["revision"] < self.revision:
            return
        opened, ours = frame["open"] or {}, self.open
        agrees = (
            frame["revision"] == self.revision
            and (self.partial or frame["head"] == self.head)
            and opened.get("message") == (ours["message"] if ours else self.elsewhere)
            and (not ours or opened.get("place") == ours["place"])
            and (not ours or not opened or opened["length"] <= len(self.messages[ours["message"]]["text"]))
        )
        if not agrees:
            self._want("resume")

    def _error(self, frame: Frame) -> None:
        if frame["client_id"]:
            self.refused[frame["client_id"]] = frame["code"]

    def _acknowledge(self, client_id: str | None, message: Frame) -> None:
        if client_id:
            self.acknowledged[client_id] = message["id"]

    def _seen(self, frame: Frame) -> None:
        """Revisions rise by one: a leap means that something was missed."""
        if frame["revision"] > self.revision + 1:
            self._want("resume")
        else:
            self.revision = max(self.revision, frame["revision"])

    def _is_here(self, frame: Frame) -> bool:
        """Is the message of the branch that is shown? A frame that is late does not change which one that is."""
        id = frame["message"]["id"]
        return id in self.line or (id == frame["head"] and frame["revision"] > self.revision)

    def _put(self, message: Frame) -> bool:
        """Places a message, in place of an alternative if one is shown. False if what it answers is not here."""
        known = self.messages.get(message["id"])
        if message["id"] in self.line:
            if known and message["revision"] >= known["revision"]:
                growing = self._grows(message["id"]) and message["state"] in GROWING
                self._show({**message, "text": known["text"]} if growing else message)
            return True
        parents = [self.messages[id]["parent"] for id in self.line]
        if message["parent"] in parents:
            self._cut(parents.index(message["parent"]))
            self.partial = False
        elif self.line and message["depth"] < self.messages[self.line[0]]["depth"]:
            return True  # above this page
        elif self.line and self.head != message["parent"]:
            return self.partial
        self.line.append(message["id"])
        self._show(message)
        return True

    def _show(self, message: Frame) -> None:
        known = self.messages.get(message["id"])
        if known and not changed(known, message):
            judge(known["text"], message["text"])
        self.messages[message["id"]] = dict(message)

    def _cut(self, index: int) -> None:
        if self.open and self.open["message"] in self.line[index:]:
            self.open = None
        del self.line[index:]

    def _begin(self, opened: Frame, text: str = "") -> None:
        """With the server's text; one that is only older than what is shown changes nothing."""
        message, generation = self.messages[opened["message"]], opened["generation"]
        if not self._grows(opened["message"]):
            self.open = {"message": opened["message"], "generation": generation}
        assert self.open
        self.open["turn"] = opened["turn"]
        if generation < self.open["generation"]:
            return
        if not message["text"].startswith(text):
            judge(message["text"], text)
            message["text"] = text
        self.open |= {"generation": generation, "place": opened.get("place")}

    def _grows(self, id: str) -> bool:
        return self.open is not None and self.open["message"] == id

    def _awaits(self, id: str, generation: int = 0) -> bool:
        """Is this reply one that may grow? A late frame of a finished reply is not; an unknown one is asked for."""
        if id == self.elsewhere:
            return False
        if id not in self.line:
            if self.partial:
                self.elsewhere = id
            else:
                self._want("resume")
            return False
        known = self.messages[id]
        return known["state"] in GROWING or generation > known["generation"]

    def _want(self, what: str) -> None:
        """A page that is loaded anew, or continued, has asked for everything."""
        self.wants = next(each for each in ("reload", "later", "resume") if each in (what, self.wants))
