"""Rows -> Scene: the only module that knows both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.utils import timezone

from characters.versions import Definition
from roleplay.conversations.models import (
    CastMember,
    Mend,
    Message,
    MessageState,
    Participant,
    Reinforced,
    Role,
    Turn,
)
from roleplay.conversations.path import PathMessage
from roleplay.prompt.checks import Break, Check
from roleplay.prompt.lorebook.values import Timed
from roleplay.prompt.values import Line, Persona, Scene, Sheet
from roleplay.prompt.values import Role as PromptRole
from roleplay.providers.endpoints import anonymous
from roleplay.turns.books import books_of
from roleplay.turns.claims import Claim
from roleplay.turns.guard import Rules
from roleplay.turns.judging import rules_of

MOST_MESSAGES = 400
MOST_DRAFTED = 3  # lines of an impersonation that the next one is told of
NEVER_SAID = frozenset({MessageState.PENDING, MessageState.FAILED, MessageState.REFUSED})


@dataclass(frozen=True)
class Loaded:
    """A scene, its user as a provider may know him, and what the guard of its reply looks for."""

    scene: Scene
    user: str
    rules: Rules | None = None


def load(claim: Claim) -> Loaded:
    """The scene of the claimed turn. It reads the newest messages of the path, however long that is."""
    if claim.message is None:
        return _impersonation(claim)
    reply = Message.objects.select_related("parent", "cast_member__version", "cast_member__conversation").get(
        pk=claim.message
    )
    assert reply.cast_member is not None, "a reply is a cast member's"
    path = Message.objects.path_to(reply.parent_id, MOST_MESSAGES)
    author = next((message.author for message in reversed(path) if message.role == Role.USER), None)
    participant = _present(claim, pk=author)
    loaded = _loaded(
        claim,
        reply.cast_member,
        path,
        participant,
        reinforced=reply.reinforced != Reinforced.NO,
        avoids=_avoided(claim),
        build=str(reply.pk),
        now=reply.created_at,
    )
    return replace(loaded, rules=rules_of(reply))


def _avoided(claim: Claim) -> tuple[Break, ...]:
    """How the reply was cut until now."""
    mends = Mend.objects.filter(turn=claim.turn)
    return tuple(Break(cast(Check, by), words) for by, words in mends.values_list("by", "words"))


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
    return _loaded(
        claim,
        member,
        path,
        participant,
        impersonates=True,
        drafted=texts,
        build=str(claim.turn),
        now=timezone.now(),
    )


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
        persona=Persona(user_name, persona.description if persona else ""),
        lines=tuple(_line(message) for message in path),
        books=books_of(conversation, persona, definition),
        timed=_timed(path),
        length=path[-1].depth + 1 if path else 0,
        note=conversation.note,
        note_depth=conversation.note_depth,
        written_places=conversation.written_places,
        reply_words=conversation.reply_words or 0,
        **kind,
        text=claim.text,
        reasoning=claim.reasoning,
        window_start=max((message.window_start for message in path), default=0),
        budget=settings.PROMPT_TOKENS,
        chat=str(conversation.pk),
        began=conversation.created_at,
        idle=_idle(path),
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
        system_prompt=definition.get("system_prompt", ""),
        post_history=definition.get("post_history", ""),
        depth_prompt=definition.get("depth_prompt", ""),
        depth_prompt_depth=definition.get("depth_prompt_depth", 4),
        depth_prompt_role=_ROLES[definition.get("depth_prompt_role", "system")],
        reminder=definition.get("reminder", ""),
        when_cut=definition.get("when_cut", ""),
        tags=frozenset(definition.get("tags", ())),
        hidden=not definition["open_definition"],
    )


_ROLES: dict[str, PromptRole] = {"system": "system", "user": "user", "assistant": "assistant"}


def _timed(path: list[PathMessage]) -> Timed:
    """What stays and rests of the lorebooks, as the newest reply of the path left it."""
    replies = (message for message in reversed(path) if message.role == Role.ASSISTANT and message.text)
    if (newest := next(replies, None)) is None:
        return Timed()
    return Timed.of_json(Message.objects.values_list("timed_lore", flat=True).get(pk=newest.id))


def _idle(path: list[PathMessage]) -> timedelta:
    """How long it took until somebody spoke again."""
    said: list[datetime] = [message.created_at for message in path[-2:]]
    return said[-1] - said[0] if said else timedelta()


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
