"""What is kept of a prompt, so that a reply can be explained after the fact."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from roleplay.prompt.lorebook.values import Found, LeftOut, Missed, Source, Why
from roleplay.prompt.values import Block, Cut, Field, Prompt, Reason


class RecordedBlock(TypedDict):
    """`text` only where it stands nowhere else: a message is found by its `depth`, a repeat may say what the head says."""

    role: str
    reason: Reason
    tokens: int
    name: NotRequired[str]
    depth: NotRequired[int]
    text: NotRequired[str]


class RecordedLore(TypedDict):
    """An entry that was told. `words` of the message at `depth` are those that its `key` found."""

    title: str
    book: str
    source: Source
    text: str
    tokens: int
    why: Why
    key: NotRequired[str]
    words: NotRequired[str]
    depth: NotRequired[int | None]


class MissedLore(TypedDict):
    title: str
    book: str
    source: Source
    why: LeftOut


class RecordedCut(TypedDict):
    what: Field
    tokens: int | None


class Record(TypedDict):
    """`name` is whose words were wanted, `begun` what they were to go on from. Records of old know no lore."""

    blocks: list[RecordedBlock]
    name: str
    begun: str
    left_out: int
    window_start: int
    factor: NotRequired[float]
    cuts: NotRequired[list[RecordedCut]]
    lore: NotRequired[list[RecordedLore]]
    missed: NotRequired[list[MissedLore]]


MOST_MISSED = 50  # entries that are named


def record_of(prompt: Prompt) -> Record:
    head = prompt.blocks[0].text
    return Record(
        blocks=[_block(block, head) for block in prompt.blocks],
        name=prompt.name,
        begun=prompt.text,
        left_out=prompt.left_out,
        window_start=prompt.window_start,
        factor=prompt.factor,
        cuts=[_cut(cut) for cut in prompt.cuts],
        lore=[_lore(found) for found in prompt.lore.found],
        missed=[_missed(missed) for missed in prompt.lore.missed[:MOST_MISSED]],
    )


def _block(block: Block, head: str) -> RecordedBlock:
    recorded = RecordedBlock(role=block.role, reason=block.reason, tokens=block.tokens)
    if block.name:
        recorded["name"] = block.name
    if block.depth is not None:
        recorded["depth"] = block.depth
    elif block.reason != "reinforcement" or block.text != head:
        recorded["text"] = block.text
    return recorded


def _lore(found: Found) -> RecordedLore:
    recorded = RecordedLore(
        title=found.entry.name,
        book=found.book,
        source=found.source,
        text=found.text,
        tokens=found.tokens,
        why=found.why,
    )
    if found.hit:
        recorded["key"], recorded["words"] = found.hit.key, found.hit.words
        recorded["depth"] = found.hit.depth
    return recorded


def _missed(missed: Missed) -> MissedLore:
    return MissedLore(title=missed.title, book=missed.book, source=missed.source, why=missed.why)


def _cut(cut: Cut) -> RecordedCut:
    return RecordedCut(what=cut.what, tokens=cut.tokens)
