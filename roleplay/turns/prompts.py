"""What the model is told of a turn: made from its scene, and kept with it. Sync."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction

from roleplay.conversations.models import Message, Turn
from roleplay.conversations.querysets import RECORDED
from roleplay.prompt.assemble import assemble
from roleplay.prompt.record import record_of
from roleplay.prompt.values import Prompt
from roleplay.turns import scenes
from roleplay.turns.claims import Claim
from roleplay.turns.factor import Factor

MOST_RECORDS = 50  # of a conversation: the newest


@dataclass(frozen=True)
class Told:
    """A prompt, and its user as a provider may know him."""

    prompt: Prompt
    user: str


def prepare(claim: Claim, factor: Factor, *, half: bool = False) -> Told:
    """The prompt of the claimed turn. `half`: with half the messages, where the provider found it too long."""
    factor.load()
    loaded = scenes.load(claim)
    budget = loaded.scene.budget // 2 if half else loaded.scene.budget
    prompt = assemble(replace(loaded.scene, model=factor.model, factor=factor.value, budget=budget))
    _keep(claim, prompt)
    return Told(prompt, loaded.user)


@transaction.atomic
def _keep(claim: Claim, prompt: Prompt) -> None:
    """While the turn is the claim's. What was kept of older ones goes."""
    if not Turn.objects.held(claim.turn, claim.generation).update(record=record_of(prompt)):
        return
    if claim.message and prompt.lore.timed:
        Message.objects.filter(pk=claim.message).update(timed_lore=prompt.lore.timed.as_json())
    turns = Turn.objects.filter(conversation=claim.conversation)
    if (
        oldest := turns.recorded()
        .values_list("created_at", flat=True)[MOST_RECORDS : MOST_RECORDS + 1]
        .first()
    ):
        turns.filter(RECORDED, created_at__lte=oldest).update(record=None)
