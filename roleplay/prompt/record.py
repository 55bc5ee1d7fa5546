"""What is kept of a prompt, so that a reply can be explained after the fact."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from roleplay.prompt.values import Block, Prompt, Reason


class RecordedBlock(TypedDict):
    """`text` only where it stands nowhere else: a message is found by its `depth`, a repeat says what the head says."""

    role: str
    reason: Reason
    tokens: int
    name: NotRequired[str]
    depth: NotRequired[int]
    text: NotRequired[str]


class Record(TypedDict):
    """`name` is whose words were wanted, `begun` what they were to go on from."""

    blocks: list[RecordedBlock]
    name: str
    begun: str
    left_out: int
    window_start: int


def record_of(prompt: Prompt) -> Record:
    return Record(
        blocks=[_recorded(block) for block in prompt.blocks],
        name=prompt.name,
        begun=prompt.text,
        left_out=prompt.left_out,
        window_start=prompt.window_start,
    )


def _recorded(block: Block) -> RecordedBlock:
    recorded = RecordedBlock(role=block.role, reason=block.reason, tokens=block.tokens)
    if block.name:
        recorded["name"] = block.name
    if block.depth is not None:
        recorded["depth"] = block.depth
    elif block.reason != "reinforcement":
        recorded["text"] = block.text
    return recorded
