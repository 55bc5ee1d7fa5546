"""PURE: what a conversation must be after each thing that happens to it, as a tree of plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

LEASE = 4.0  # seconds
BRIEF = 2.0  # seconds; a pause in which no place is told
CONTENT_FILTER = "content_filter"

Ids = list[str]
"""Of the messages that came into being, in their order: the application chooses them."""


@dataclass
class Message:
    parent: str | None
    role: str
    text: str
    state: str
    revision: int
    generation: int = 0
    client_id: str | None = None


@dataclass
class Turn:
    """`lease` and `wake` are seconds on the model's clock."""

    message: str
    text: str
    running: bool = False
    generation: int = 0
    tries: int = 0
    claimed: int = 0  # code points
    lease: float = 0.0
    wake: float = 0.0
    place: int | None = None


@dataclass
class Model:
    """`turn` is the open one; `acknowledged` has the message of each participant's `client_id`s."""

    prefix: str
    messages: dict[str, Message]
    head: str
    revision: int = 1
    moved_at: int = 0
    turn: Turn | None = None
    acknowledged: dict[tuple[str, str], str] = field(default_factory=dict)

    def send(self, who: str, client_id: str, text: str, ids: Ids) -> None:
        if (who, client_id) in self.acknowledged:
            return
        said = Message(self.head, "user", text, "finished", self._raise(), client_id=client_id)
        self.head = self.acknowledged[who, client_id] = ids.pop(0)
        self.messages[self.head] = said
        if not self.turn:
            self._begin(ids)

    def retry(self, who: str, client_id: str, message: str, ids: Ids) -> str:
        """The code of a refusal, or nothing."""
        if (who, client_id) in self.acknowledged:
            return ""
        if self.turn:
            return "busy"
        reply = self.messages[message]
        if reply.role != "assistant" or reply.parent is None or reply.state == "refused":
            return "cannot_retry"
        self.head = reply.parent
        self._begin(ids)
        self.messages[self.head].client_id = client_id
        self.acknowledged[who, client_id] = self.head
        return ""

    def select(self, message: str) -> str:
        """The code of a refusal, or nothing."""
        if self.turn and self.messages[self.head].role == "user":
            return "busy"
        if self.messages[message].role != "assistant":
            return "no_such_message"
        if message != self.head:
            self.head, self.moved_at = message, self._raise()
        return ""

    def claim(self, now: float, *, room: int | None = None, orphans: bool = False) -> bool:
        """Whether the open turn has a new owner. One that waits for him gets a place in the line."""
        turn = self.turn
        if turn is None or (turn.running and turn.lease >= now and not orphans):
            return False
        awake = turn.running or turn.wake <= now
        if room == 0 or not awake:
            brief = turn.place is None and now < turn.wake <= now + BRIEF
            if not turn.running and not brief:
                turn.place = 1
            return False
        turn.tries += turn.running and len(turn.text) == turn.claimed
        turn.running, turn.place, turn.claimed, turn.lease = True, None, len(turn.text), now + LEASE
        turn.generation += 1
        reply = self.messages[turn.message]
        reply.state, reply.generation = "streaming", turn.generation
        return True

    def save(self, text: str, now: float) -> None:
        assert self.turn
        self.turn.text, self.turn.lease = text, now + LEASE

    def release(self, wake: float, *, failed: bool) -> None:
        assert self.turn
        self.turn.running, self.turn.wake = False, wake
        self.turn.tries += failed

    def end(self, ids: Ids, text: str, *, state: str = "", error: str = "") -> None:
        """As `state`, or by an error that tells which. Whoever wrote meanwhile gets one reply."""
        assert self.turn
        reply = self.messages[self.turn.message]
        fault = "refused" if error == CONTENT_FILTER else "failed"
        reply.text, reply.revision = text, self._raise()
        reply.state = state or ("interrupted" if text not in ("", self.prefix) else fault)
        self.turn = None
        said = reply.parent
        while error == CONTENT_FILTER and said and self.messages[said].role == "user":
            self.messages[said].state, self.messages[said].revision = "refused", self._raise()
            said = self.messages[said].parent
        head = self.messages[self.head]
        if (head.role, head.state) == ("user", "finished"):
            self._begin(ids)

    def stop(self, ids: Ids) -> None:
        if self.turn:
            self.end(ids, self.turn.text, state="stopped")

    def _begin(self, ids: Ids) -> None:
        reply = Message(self.head, "assistant", self.prefix, "pending", self._raise())
        self.head = ids.pop(0)
        self.messages[self.head] = reply
        self.turn = Turn(self.head, self.prefix)

    def _raise(self) -> int:
        self.revision += 1
        return self.revision

    @property
    def path(self) -> list[tuple[str, str, str]]:
        """Id, text and state of what a page is to show, oldest first."""
        return [
            (id, self.turn.text if self.turn and self.turn.message == id else each.text, shown(each.state))
            for id, each in self._upwards()
        ][::-1]

    @property
    def opened(self) -> tuple[str, int | None] | None:
        """Message and place of the open reply, where a page shows it."""
        turn = self.turn
        on_path = turn and turn.message in [id for id, _ in self._upwards()]
        return (turn.message, turn.place) if turn and on_path else None

    def _upwards(self) -> Iterator[tuple[str, Message]]:
        at: str | None = self.head
        while at:
            yield at, self.messages[at]
            at = self.messages[at].parent


def shown(state: str) -> str:
    """A reply that grows is one, whoever owns it."""
    return "growing" if state in ("pending", "streaming") else state
