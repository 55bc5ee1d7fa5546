"""Rows -> Scene: the only module that knows both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from characters.versions import Definition
from roleplay.conversations.models import (
    CastMember,
    Message,
    MessageState,
    Participant,
    Reinforced,
    Role,
    Turn,
)
from roleplay.conversations.path import PathMessage
from roleplay.prompt.values import Line, Persona, Scene, Sheet
from roleplay.providers.endpoints import anonymous
from roleplay.turns.claims import Claim

MOST_MESSAGES = 400
MOST_DRAFTED = 3  # lines of an impersonation that the next one is told of
NEVER_SAID = frozenset({MessageState.PENDING, MessageState.FAILED, MessageState.REFUSED})


@dataclass(frozen=True)
class Loaded:
    """A scene, and its user as a provider may know him."""

    scene: Scene
    user: str


def load(claim: Claim) -> Loaded:
    """The scene of the claimed turn. It reads the newest messages of the path, however long that is."""
    if claim.message is None:
        return _impersonation(claim)
    reply = Message.objects.select_related("cast_member__version", "cast_member__conversation").get(
        pk=claim.message
    )
    assert reply.cast_member is not None, "a reply is a cast member's"
    path = Message.objects.path_to(reply.parent_id, MOST_MESSAGES)
    author = next((message.author for message in reversed(path) if message.role == Role.USER), None)
    participant = _present(claim, pk=author)
    return _loaded(claim, reply.cast_member, path, participant, reinforced=reply.reinforced != Reinforced.NO)


def _impersonation(claim: Claim) -> Loaded:
    """With what was drafted for the same place before: the next is to be another."""
    member = (
        CastMember.objects.select_related("version", "conversation")
        .filter(conversation=claim.conversation)
        .order_by("pk")[0]
    )
    path = Message.objects.path_to(claim.after, MOST_MESSAGES)
    before = Turn.objects.filter(conversation=claim.conversation).impersonations_of(claim.user)
    drafted = before.filter(after=claim.after).exclude(pk=claim.turn).exclude(text="")
    texts = tuple(reversed(drafted.values_list("text", flat=True)[:MOST_DRAFTED]))
    participant = _present(claim, user=claim.user)
    return _loaded(claim, member, path, participant, impersonates=True, drafted=texts)


def _loaded(
    claim: Claim, member: CastMember, path: list[PathMessage], participant: Participant, **kind: Any
) -> Loaded:
    definition: Definition = member.version.definition
    persona = participant.persona
    user_name = persona.name if persona else participant.user.get_username()
    conversation = member.conversation
    character = sheet(definition)
    scenario = conversation.scenario if conversation.scenario.strip() else character.scenario
    scene = Scene(
        sheet=replace(character, scenario=scenario),
        note=conversation.note,
        persona=Persona(user_name, persona.description if persona else ""),
        lines=tuple(_line(message) for message in path),
        **kind,
        text=claim.text,
        reasoning=claim.reasoning,
        window_start=max((message.window_start for message in path), default=0),
        budget=settings.PROMPT_TOKENS,
    )
    return Loaded(scene, anonymous(participant.user.pk))


def sheet(definition: Definition) -> Sheet:
    return Sheet(
        name=definition["name"],
        nickname=definition["nickname"],
        language=definition["language"],
        description=definition["description"],
        personality=definition["personality"],
        background=definition["background"],
        speech=definition["speech"],
        quotes=tuple(definition["quotes"]),
        situations=tuple((when, then) for when, then in definition["situations"]),
        scenario=definition["scenario"],
        rules=definition["rules"],
        examples=definition["examples"],
    )


def _present(claim: Claim, **who: Any) -> Participant:
    """The participant that is meant, else whoever is there."""
    present = Participant.objects.filter(conversation=claim.conversation).select_related("persona", "user")
    return present.filter(**who).first() or present.order_by("pk")[0]


def _line(message: PathMessage) -> Line:
    return Line(
        role="assistant" if message.role == Role.ASSISTANT else "user",
        name=message.name,
        text="" if message.state in NEVER_SAID or message.deleted or message.hidden else message.text,
        depth=message.depth,
        reinforced=message.reinforced != Reinforced.NO,
    )
