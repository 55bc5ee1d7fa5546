"""PURE: a page as it is seen from the socket: takes the server's frames, shows what they say, and asks where it must.

The browser's own code does the same in static/js/models/conversation.js; this one also judges what it is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Frame = dict[str, Any]
GROWING = ("pending", "streaming")


class TakenBack(AssertionError):
    """What was shown is not the beginning of what is shown now."""


@dataclass
class Page:
    """`messages` are those of the path that is shown, by id; `wants` is "", "resume" or "reload"."""

    revision: int = 0
    head: str | None = None
    messages: dict[str, Frame] = field(default_factory=dict)
    open: Frame | None = None
    wants: str = ""
    acknowledged: dict[str, str] = field(default_factory=dict)  # client_id -> message
    refused: dict[str, str] = field(default_factory=dict)  # client_id -> code
    heard: list[Frame] = field(default_factory=list)

    @property
    def path(self) -> list[tuple[str, str, str]]:
        """Id, role and text of what is shown, oldest first."""
        shown, at = [], self.head
        while at in self.messages:
            message = self.messages[at]
            shown.append((at, message["role"], message["text"]))
            at = message["parent"]
        return shown[::-1]

    def receive(self, frame: Frame) -> None:
        """Raises TakenBack."""
        self.heard.append(frame)
        take = getattr(self, f"_{frame['type'].replace('.', '_')}", None)
        if take:
            take(frame)

    def asked(self) -> None:
        """What it wants was asked for."""
        self.wants = ""

    def _hello(self, frame: Frame) -> None:
        self.wants = self.wants or "resume"

    def _snapshot(self, frame: Frame) -> None:
        if frame["reset"]:
            # The texts stay known: what was shown of a message is never taken back by another path.
            self.head = None
        for message in frame["messages"]:
            self._put(message)
            if message["client_id"]:
                self.acknowledged[message["client_id"]] = message["id"]
        if frame["revision"] >= self.revision:
            self.revision, self.head = frame["revision"], frame["head"]
            if self.head and self.head not in self.messages:
                self.wants = "reload"
        opened = frame["open"]
        if opened and self._grows(opened["message"]):
            self._begin(opened, opened["text"])
        elif frame["revision"] >= self.revision:
            self.open = None

    def _message_saved(self, frame: Frame) -> None:
        self._put(frame["message"])
        if frame.get("client_id"):
            self.acknowledged[frame["client_id"]] = frame["message"]["id"]
        self._seen(frame)

    def _turn_started(self, frame: Frame) -> None:
        if self._grows(frame["message"], frame["generation"]):
            self._begin(frame, self.messages[frame["message"]]["text"])

    def _reply_delta(self, frame: Frame) -> None:
        if not self._grows(frame["message"], frame["generation"]):
            return
        message = self.messages[frame["message"]]
        known, length = message["generation"], len(message["text"])
        if frame["generation"] < known:
            return
        if frame["offset"] > length or (frame["generation"] > known and frame["offset"] != length):
            self._want("resume")
            return
        self._begin(frame, message["text"] + frame["text"][length - frame["offset"] :])

    def _reply_finished(self, frame: Frame) -> None:
        self._put(frame["message"])
        if self.open and self.open["turn"] == frame["turn"]:
            self.open = None
        self._seen(frame)

    _turn_failed = _reply_finished

    def _head_moved(self, frame: Frame) -> None:
        if frame["head"] not in self.messages:
            self._want("resume")
        self._seen(frame)

    def _pulse(self, frame: Frame) -> None:
        if frame["revision"] < self.revision:
            return
        opened, ours = frame["open"], self.open
        agrees = (
            (frame["revision"], frame["head"]) == (self.revision, self.head)
            and (opened and opened["message"]) == (ours and ours["message"])
            and (not opened or opened["length"] <= len(self.messages[opened["message"]]["text"]))
        )
        if not agrees:
            self._want("resume")

    def _error(self, frame: Frame) -> None:
        if frame["client_id"]:
            self.refused[frame["client_id"]] = frame["code"]

    def _seen(self, frame: Frame) -> None:
        """Revisions rise by one: a leap means that something was missed."""
        if frame["revision"] > self.revision + 1:
            self._want("resume")
        elif frame["revision"] >= self.revision:
            self.revision, self.head = frame["revision"], frame["head"]

    def _put(self, message: Frame) -> None:
        known = self.messages.get(message["id"])
        if known and message["revision"] < known["revision"]:
            return
        if known and message["state"] in GROWING:
            message = {**message, "text": known["text"] or message["text"]}
        if known:
            _judge(known["text"], message["text"])
        self.messages[message["id"]] = dict(message)

    def _begin(self, opened: Frame, text: str) -> None:
        message = self.messages[opened["message"]]
        if opened["generation"] < message["generation"]:
            return
        if not message["text"].startswith(text):  # else it is only older
            _judge(message["text"], text)
            message["text"] = text
        message["generation"] = opened["generation"]
        self.open = {"turn": opened["turn"], "message": opened["message"]}

    def _grows(self, id: str, generation: int = 0) -> bool:
        known = self.messages.get(id)
        if known is None:
            self._want("resume")
            return False
        return known["state"] in GROWING or generation > known["generation"]

    def _want(self, what: str) -> None:
        self.wants = self.wants or what


def _judge(shown: str, now: str) -> None:
    if not now.startswith(shown):
        raise TakenBack(f"{shown!r} was shown, and then {now!r}")
