"""PURE: a conversation's tree as plain values: what each command must make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Ids = list[str]
"""Of the messages that came into being, in their order: the application chooses them."""

CONTINUABLE = ("finished", "stopped", "interrupted")


@dataclass
class Node:
    """`texts` are all that it ever had, the newest last; `deleted` is "", "one" or "from_here"."""

    parent: str | None
    role: str
    texts: list[str]
    author: str = ""
    state: str = "finished"
    deleted: str = ""
    hidden: bool = False
    left_at: str | None = None


@dataclass
class Tree:
    """`open` is the reply that is written. Every command gives the code of its refusal, or nothing."""

    nodes: dict[str, Node]
    head: str
    open: str | None = None
    known: dict[tuple[str, str], str] = field(default_factory=dict)  # (who, client_id) -> message

    def path(self, to: str | None = None) -> list[str]:
        """Ids, oldest first."""
        ids, at = [], to or self.head
        while at:
            ids.append(at)
            at = self.nodes[at].parent or ""
        return ids[::-1]

    def send(self, who: str, text: str, ids: Ids) -> str:
        said = ids.pop(0)
        self.nodes[said] = Node(self.head, "user", [text], who)
        self.head = said
        if not self.open:
            self._begin(ids)
        return ""

    def retry(self, message: str, ids: Ids) -> str:
        reply = self.nodes[message]
        if self.open:
            return "busy"
        if reply.role != "assistant" or reply.parent is None:
            return "cannot_retry"
        self._leave(reply.parent)
        self.head = reply.parent
        self._begin(ids)
        return ""

    def go_on(self, message: str) -> str:
        reply = self.nodes[message]
        said = reply.role == "assistant" and reply.parent and reply.texts[-1].strip()
        if not said or reply.deleted:
            return "cannot_continue"
        if self.open:
            return "busy"
        if message not in self.path():
            return "elsewhere"
        reply.state, self.open = "pending", message
        return ""

    def end(self, text: str, ids: Ids) -> None:
        assert self.open
        reply = self.nodes[self.open]
        reply.texts[-1] += text
        reply.state, self.open = "finished", None
        if self.nodes[self.head].role == "user" and self.nodes[self.head].state == "finished":
            self._begin(ids)

    def edit(self, who: str, message: str, text: str) -> str:
        if refused := self._unchangeable(message):
            return refused
        node = self.nodes[message]
        if node.role == "user" and node.author != who:
            return "not_yours"
        if text != node.texts[-1]:
            node.texts.append(text)
            node.state = "finished"
        return ""

    def edit_anew(self, who: str, message: str, text: str, ids: Ids) -> str:
        if self.open:
            return "busy"
        if refused := self._unchangeable(message):
            return refused
        node = self.nodes[message]
        if node.role != "user" or node.author != who:
            return "not_yours"
        assert node.parent
        self._leave(node.parent)
        self.head = node.parent
        return self.send(who, text, ids)

    def delete(self, message: str, from_here: bool) -> str:
        node = self.nodes[message]
        if node.deleted:
            return ""
        if refused := self._unchangeable(message):
            return refused
        if not from_here:
            node.deleted = "one"
            return ""
        if self.open:
            return "busy"
        if message not in self.path():
            return "elsewhere"
        if node.parent is None:
            return "beginning"
        node.deleted, node.left_at, self.head = "from_here", self.head, node.parent
        return ""

    def restore(self, message: str) -> str:
        node = self.nodes[message]
        if node.deleted == "from_here" and message not in self.path():
            if self.open:
                return "busy"
            self._leave(message)
            self.head = self._remembered(message, message)
        node.deleted = ""
        return ""

    def hide(self, message: str, hidden: bool) -> str:
        if refused := self._unchangeable(message):
            return refused
        self.nodes[message].hidden = hidden
        return ""

    def select(self, message: str, here: bool) -> str:
        if self.open and self.nodes[self.head].role == "user":
            return "busy"
        if here and self.nodes[message].role != "assistant":
            return "no_such_message"
        path = self.path()
        if message in path and not here:
            return ""
        entered = next((id for id in self.path(message) if id not in path), None)
        self._leave(message)
        self.head = message if here or entered is None else self._remembered(entered, message)
        return ""

    def reachable(self) -> Iterator[str]:
        """Every text that ever was."""
        for node in self.nodes.values():
            yield from node.texts

    def _begin(self, ids: Ids) -> None:
        self.nodes[ids[0]] = Node(self.head, "assistant", [""], state="pending")
        self.head = self.open = ids.pop(0)

    def _leave(self, goal: str) -> None:
        towards = self.path(goal)
        left = next((id for id in self.path() if id not in towards), None)
        if left:
            self.nodes[left].left_at = self.head

    def _remembered(self, entered: str, chosen: str) -> str:
        for place in (self.nodes[entered].left_at, self.nodes[chosen].left_at):
            if place and chosen in self.path(place):
                return place
        return chosen

    def _unchangeable(self, message: str) -> str:
        node = self.nodes[message]
        if node.deleted:
            return "no_such_message"
        return "busy" if node.state == "pending" else ""
