"""What the model is told of a turn: made from its scene, and kept with it. Sync."""

from __future__ import annotations

from dataclasses import dataclass, replace

from roleplay.conversations.models import Turn
from roleplay.conversations.querysets import RECORDED
from roleplay.prompt.assemble import assemble
from roleplay.prompt.record import Record, record_of
from roleplay.prompt.values import Prompt
from roleplay.turns import scenes
from roleplay.turns.claims import Claim

MOST_RECORDS = 50  # of a conversation: the newest


@dataclass(frozen=True)
class Told:
    """A prompt, and its user as a provider may know him."""

    prompt: Prompt
    user: str


def prepare(claim: Claim, *, half: bool = False) -> Told:
    """The prompt of the claimed turn. `half`: with half the messages, where the provider found it too long."""
    loaded = scenes.load(claim)
    scene = replace(loaded.scene, budget=loaded.scene.budget // 2) if half else loaded.scene
    prompt = assemble(scene)
    _keep(claim, record_of(prompt))
    return Told(prompt, loaded.user)


def _keep(claim: Claim, record: Record) -> None:
    """While the turn is the claim's. What was kept of older ones goes."""
    if not Turn.objects.held(claim.turn, claim.generation).update(record=record):
        return
    turns = Turn.objects.filter(conversation=claim.conversation)
    if (
        oldest := turns.recorded()
        .values_list("created_at", flat=True)[MOST_RECORDS : MOST_RECORDS + 1]
        .first()
    ):
        turns.filter(RECORDED, created_at__lte=oldest).update(record=None)
