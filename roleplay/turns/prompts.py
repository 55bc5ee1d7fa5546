"""What the model is told of a turn: made from its scene, and kept with it. Sync."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F

from roleplay.conversations.models import LONGEST_LEFT_OUT, Mend, Message, Reinforced, Turn
from roleplay.conversations.querysets import RECORDED
from roleplay.prompt.assemble import assemble
from roleplay.prompt.budget import size, tokens
from roleplay.prompt.record import record_of
from roleplay.prompt.values import Prompt
from roleplay.turns import scenes
from roleplay.turns.claims import Claim
from roleplay.turns.factor import Factor
from roleplay.turns.guard import MOST_CUTS, Cut, Rules

MOST_RECORDS = 50  # of a conversation: the newest


@dataclass(frozen=True)
class Told:
    """A prompt, its user as a provider may know him, and what a guard is to look for: nothing, where it has cut often
    enough.
    """

    prompt: Prompt
    user: str
    rules: Rules | None

    def tokens_with(self, text: str) -> int:
        """Of the prompt and the reply so far, as the model counts them, about."""
        return round((self.prompt.tokens + tokens(text)) * self.prompt.factor)


def prepare(claim: Claim, factor: Factor, *, half: bool = False) -> Told:
    """The prompt of the claimed turn. `half`: with half the messages, where the provider found it too long."""
    factor.load()
    loaded = scenes.load(claim)
    budget = loaded.scene.budget // 2 if half else loaded.scene.budget
    prompt = assemble(replace(loaded.scene, model=factor.model, factor=factor.value, budget=budget))
    _keep(claim, prompt)
    spent = len(loaded.scene.avoids) >= MOST_CUTS
    return Told(prompt, loaded.user, None if spent else loaded.rules)


@transaction.atomic
def keep_cut(claim: Claim, cut: Cut, *, place: int, told: int) -> None:
    """While the turn is the claim's: whoever takes it up from here is told what to avoid. The system prompt is said again
    before this reply from now on, so that those behind it need not be cut for the same. `place`: code points that the
    reply has by now; `told`: tokens of the prompt that was told in vain.
    """
    held = Turn.objects.held(claim.turn, claim.generation).select_for_update(of=("self",))
    turn = held.select_related("message__cast_member__version").first()
    if turn is None or turn.message is None or turn.message.cast_member is None:
        return
    Mend.objects.create(
        turn=turn,
        character_id=turn.message.cast_member.version.character_id,
        by=cut.check,
        words=cut.words[:LONGEST_LEFT_OUT],
        begun=cut.begun,
        left_out=cut.left_out[:LONGEST_LEFT_OUT],
        place=place,
        told=told,
        said=size(cut.left_out),
    )
    Message.objects.filter(pk=turn.message.pk, reinforced=Reinforced.NO).update(
        reinforced=Reinforced.CUT, last_reinforced=F("reply_number")
    )


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
