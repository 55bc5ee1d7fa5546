"""What a user may do to a conversation, each in one transaction that ends before anybody is told.

Every function finds the conversation through its user, and raises `Conversation.DoesNotExist`
where he takes no part in it.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from characters.models import Character, CharacterVersion
from characters.personas import default_persona
from characters.versions import current_version
from roleplay.conversations import events
from roleplay.conversations.models import (
    CastMember,
    Conversation,
    Deleted,
    Message,
    MessageState,
    Participant,
    Role,
    TurnKind,
)
from roleplay.prompt.macros import expand, outside
from roleplay.prompt.text import clean_name
from roleplay.providers import endpoints
from roleplay.turns import branches, endings
from roleplay.turns.beginning import begin, let_go_on, raise_revision
from roleplay.turns.done import CommandRefused, Done, again, entered, may_begin, saved, stored_message


@transaction.atomic
def start_conversation(user: User, character: Character) -> Conversation:
    """A new conversation with the character as readers have it."""
    return conversation_with(user, current_version(character))


@transaction.atomic
def conversation_with(user: User, version: CharacterVersion, *, trial: bool = False) -> Conversation:
    """A new conversation with the version's first greeting as its head, and the others as its alternatives."""
    definition = version.definition
    persona = default_persona(user)
    conversation = Conversation.objects.create(trial=trial)
    Participant.objects.create(conversation=conversation, user=user, persona=persona)
    member = CastMember.objects.create(conversation=conversation, version=version)
    char = definition["nickname"] or definition["name"]
    macros = outside(
        char,
        persona.name,
        language=definition["language"],
        seed=str(conversation.pk),
        now=conversation.created_at,
    )
    greetings = [
        Message.objects.create_below(
            None,
            conversation=conversation,
            role=Role.ASSISTANT,
            name=clean_name(char),
            cast_member=member,
            text=expand(text, macros),
        )
        for text in definition["greetings"]
    ]
    if greetings:
        conversation.head = greetings[0]
        conversation.save(update_fields=["head"])
    return conversation


@transaction.atomic
def send(user: User, conversation_id: UUID, *, client_id: str, text: str) -> Done:
    """Keeps what the user wrote, and begins a reply unless one is open: then whoever ends that one does.

    Saying it again with the same `client_id` answers with what is stored. Raises CommandRefused: too_many_open.
    """
    conversation, author = entered(user, conversation_id)
    if stored := stored_message(conversation, author, client_id):
        return Done(own=again(conversation, stored, client_id))

    waits = conversation.turns.open_replies().exists()
    if not waits:
        may_begin(user)
    parent = conversation.head
    said = Message.objects.create_below(
        parent,
        conversation=conversation,
        reply_number=parent.reply_number if parent else 0,
        role=Role.USER,
        name=clean_name(author.persona.name if author.persona else user.get_username()),
        author=author,
        client_id=client_id,
        text=text,
        revision=raise_revision(conversation),
    )
    conversation.head = said
    replying = () if waits else (begin(conversation, said, user=user.pk),)
    conversation.save(update_fields=["head", "revision", "updated_at"])
    return Done(
        own=saved(said, client_id),
        others=(saved(said),),
        all=tuple(map(saved, replying)),
        wake=bool(replying),
    )


@transaction.atomic
def retry(user: User, conversation_id: UUID, *, client_id: str, message_id: UUID) -> Done:
    """A new alternative of any reply; what was below it stays on its branch.

    Raises CommandRefused: busy, cannot_retry, too_many_open.
    """
    conversation, author = entered(user, conversation_id)
    if stored := stored_message(conversation, author, client_id):
        return Done(own=again(conversation, stored, client_id))
    if conversation.turns.open_replies().exists():
        raise CommandRefused("busy")
    reply = conversation.messages.filter(pk=message_id, role=Role.ASSISTANT).first()
    if reply is None or reply.parent is None or reply.state == MessageState.REFUSED:
        raise CommandRefused("cannot_retry")

    may_begin(user)
    branches.leave(conversation, branches.parting(conversation.head, reply.parent))
    anew = begin(
        conversation, reply.parent, user=user.pk, kind=TurnKind.RETRY, author=author, client_id=client_id
    )
    conversation.save(update_fields=["head", "revision", "updated_at"])
    return Done(own=saved(anew, client_id), others=(saved(anew),), wake=True)


@transaction.atomic
def go_on(user: User, conversation_id: UUID, *, client_id: str, message_id: UUID) -> Done:
    """Lets a reply of the path go on where its text ends: the same message grows.

    Raises CommandRefused: busy, elsewhere, cannot_continue, too_many_open.
    """
    conversation, _ = entered(user, conversation_id)
    reply = conversation.messages.filter(pk=message_id, role=Role.ASSISTANT, deleted=Deleted.NO).first()
    if reply is None or reply.parent is None or not reply.text.strip():
        raise CommandRefused("cannot_continue")
    if conversation.turns.filter(user=user, client_id=client_id).exists():
        return Done(own=again(conversation, reply, client_id))
    if conversation.turns.open_replies().exists():
        raise CommandRefused("busy")
    if not endpoints.configured().dialect.continues:
        raise CommandRefused("cannot_continue")
    if branches.parting(conversation.head, reply).kept != reply.pk:
        raise CommandRefused("elsewhere")
    may_begin(user)
    frame = let_go_on(conversation, reply, user=user.pk, client_id=client_id)
    conversation.save(update_fields=["revision", "updated_at"])
    return Done(own={**frame, "client_id": client_id}, others=(frame,), wake=True)


@transaction.atomic
def stop(user: User, conversation_id: UUID) -> Done:
    """Ends the open reply, and keeps what was shown of it: also while it waits, or after its owner died."""
    conversation, _ = entered(user, conversation_id)
    told = endings.stop(conversation, conversation.turns.open_replies(), timezone.now())
    # Awake, an owner in this process closes its stream at once; one elsewhere does at its next renewal.
    return Done(all=told, wake=True) if told else Done()


@transaction.atomic
def select(user: User, conversation_id: UUID, *, message_id: UUID, here: bool = False) -> Done:
    """Goes to the branch of a message, where one stood on it last; `here`: to the message itself, a reply.

    A reply that is open goes on, and its end does not move the head. Raises CommandRefused: no_such_message;
    busy while what somebody wrote still waits for its reply.
    """
    conversation, _ = entered(user, conversation_id)
    if (
        conversation.head
        and conversation.head.role == Role.USER
        and conversation.turns.open_replies().exists()
    ):
        raise CommandRefused("busy")
    chosen = conversation.messages.filter(pk=message_id).first()
    if chosen is None or (here and chosen.role != Role.ASSISTANT):
        raise CommandRefused("no_such_message")
    if chosen.pk == conversation.head_id:
        return Done()
    parting = branches.parting(conversation.head, chosen)
    if parting.entered is None and not here:
        return Done()  # it is on the path
    goal = chosen if here or parting.entered is None else branches.remembered(parting.entered, chosen)
    branches.leave(conversation, parting)
    branches.move(conversation, goal)
    conversation.save(update_fields=["head", "moved_at", "revision", "updated_at"])
    return Done(all=(events.head_moved(goal.pk, parting.kept, conversation.revision),))
