"""Rows -> Scene: the only module that knows both."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from characters.versions import Definition
from roleplay.conversations.models import Message, MessageState, Participant, Reinforced, Role
from roleplay.conversations.path import PathMessage
from roleplay.prompt.values import Line, Persona, Scene, Sheet
from roleplay.providers.endpoints import anonymous
from roleplay.turns.claims import Claim

MOST_MESSAGES = 400
NEVER_SAID = frozenset({MessageState.PENDING, MessageState.FAILED, MessageState.REFUSED})


@dataclass(frozen=True)
class Loaded:
    """A scene, and its user as a provider may know him."""

    scene: Scene
    user: str


def load(claim: Claim) -> Loaded:
    """The scene of the claimed reply. It reads the newest messages of the path, however long that is."""
    reply = Message.objects.select_related("cast_member__version").get(pk=claim.message)
    assert reply.cast_member is not None, "a reply is a cast member's"
    definition: Definition = reply.cast_member.version.definition
    path = Message.objects.path_to(reply.parent_id, MOST_MESSAGES)
    participant = _spoken_to(reply, path)
    persona = participant.persona
    user_name = persona.name if persona else participant.user.get_username()
    scene = Scene(
        sheet=sheet(definition),
        persona=Persona(user_name, persona.description if persona else ""),
        lines=tuple(_line(message) for message in path),
        reinforced=reply.reinforced != Reinforced.NO,
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


def _spoken_to(reply: Message, path: list[PathMessage]) -> Participant:
    """Whoever said the newest thing, else whoever is there."""
    author = next((message.author for message in reversed(path) if message.role == Role.USER), None)
    present = Participant.objects.filter(conversation=reply.conversation_id).select_related("persona", "user")
    return (present.filter(pk=author).first() if author else None) or present.order_by("pk")[0]


def _line(message: PathMessage) -> Line:
    return Line(
        role="assistant" if message.role == Role.ASSISTANT else "user",
        name=message.name,
        text="" if message.state in NEVER_SAID or message.deleted or message.hidden else message.text,
        depth=message.depth,
        reinforced=message.reinforced != Reinforced.NO,
    )
