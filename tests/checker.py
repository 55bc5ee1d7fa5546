"""PURE: what must hold after any fault, as sentences for what does not.

It looks at the database, at what all pages were told, and at what the model was asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.oracle import Outcomes
from tests.page import Page
from tests.rows import Rows

ENDED = ("finished", "stopped", "interrupted", "failed", "refused")


def violations(
    rows: Rows, pages: dict[str, list[Page]], oracle: Outcomes | None = None, *, doubled: bool = False
) -> list[str]:
    """`pages` by conversation: all that were ever opened, those that are open still included. `doubled`: what
    they were told may have come twice.
    """
    return [
        *_open_turns(rows),
        *_sends(rows, pages),
        *_revisions(rows, pages),
        *(_texts(rows, oracle) if oracle else ()),
        *_pages(rows, pages),
        *_writers(pages, doubled),
    ]


def _open_turns(rows: Rows) -> Iterator[str]:
    """No turn stays open. Whoever asks has waited for as long as one may."""
    yield from (f"the turn of {message} is still open" for message in rows.open_turns)
    for message in rows.messages.values():
        if message.state not in ENDED:
            yield f"{message.id} is {message.state}, and nobody writes it"


def _sends(rows: Rows, pages: dict[str, list[Page]]) -> Iterator[str]:
    """Every acknowledged send is there once."""
    stored = Counter((each.conversation, each.client_id) for each in rows.messages.values() if each.client_id)
    for conversation, seen in pages.items():
        for client_id, id in {pair for page in seen for pair in page.acknowledged.items()}:
            if stored[conversation, client_id] != 1:
                yield f"{client_id} was acknowledged, and is there {stored[conversation, client_id]} times"
            elif rows.messages[id].client_id != client_id:
                yield f"{client_id} was acknowledged as another message"
    yield from (
        f"{client_id} is there {times} times" for (_, client_id), times in stored.items() if times > 1
    )


def _revisions(rows: Rows, pages: dict[str, list[Page]]) -> Iterator[str]:
    """They have no holes: each is written on the message that changed, or was told to a page."""
    had = defaultdict(set)
    for message in rows.messages.values():
        had[message.conversation].add(message.revision)
    for conversation in rows.conversations.values():
        told = {frame.get("revision") for page in pages.get(conversation.id, ()) for frame in page.heard}
        every = set(range(1, conversation.revision + 1))
        if holes := every - had[conversation.id] - told - {conversation.moved_at}:
            yield f"{conversation.id} is at revision {conversation.revision}, and nothing is known of {holes}"
        if beyond := had[conversation.id] - every:
            yield f"{conversation.id} is at revision {conversation.revision}, and has messages of {beyond}"


def _texts(rows: Rows, oracle: Outcomes) -> Iterator[str]:
    """A finished reply is what the model said, and one that broke off is its beginning."""
    for message in rows.messages.values():
        if message.role != "assistant" or not message.parent:
            continue
        outcomes = oracle.outcomes(rows.said_before(message))
        if message.state == "finished" and message.text not in outcomes:
            yield f"{message.id} is {message.text!r}, and the model said one of {outcomes}"
        if message.text and not any(outcome.startswith(message.text) for outcome in outcomes):
            yield f"{message.id} has {message.text!r}, which the model never said"


def _pages(rows: Rows, pages: dict[str, list[Page]]) -> Iterator[str]:
    """What was shown is a beginning of what is stored."""
    for page in (page for seen in pages.values() for page in seen):
        for id, message in page.messages.items():
            if not rows.messages[id].text.startswith(message["text"]):
                yield f"{message['text']!r} was shown of {id}, and {rows.messages[id].text!r} is stored"


def differences(rows: Rows, conversation: str, page: Page) -> Iterator[str]:
    """What an open page shows otherwise than the database, once all is quiet."""
    stored = [(each.id, each.role, each.text) for each in rows.path(rows.conversations[conversation].head)]
    if page.path != stored[-len(page.path) :] or not page.path:
        yield f"a page of {conversation} shows {page.path}, and stored is {stored}"
    if page.open:
        yield f"a page of {conversation} still waits for {page.open}"


def _writers(pages: dict[str, list[Page]], doubled: bool) -> Iterator[str]:
    """Under one generation there is one writer: all pages were told the same text at the same offset, by one start."""
    most = 2 if doubled else 1
    for seen in pages.values():
        told: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
        for page in seen:
            starts = Counter(_of(frame) for frame in page.heard if frame["type"] == "turn.started")
            yield from (f"{key} was started {times} times" for key, times in starts.items() if times > most)
            for frame in page.heard:
                if frame["type"] == "reply.delta":
                    yield from _contradictions(told[_of(frame)], frame)


def _of(frame: dict[str, object]) -> tuple[str, int]:
    return str(frame["message"]), int(str(frame["generation"]))


def _contradictions(told: dict[int, str], frame: dict[str, object]) -> Iterator[str]:
    offset, text = int(str(frame["offset"])), str(frame["text"])
    if told.setdefault(offset, text) != text:
        yield f"under {_of(frame)} stands both {told[offset]!r} and {text!r} at {offset}"
