"""How a reply begins: its message and its turn, written together. Sync, inside the caller's transaction."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from characters.versions import Definition
from roleplay.conversations import events
from roleplay.conversations.models import (
    Conversation,
    Message,
    MessageState,
    Participant,
    Reinforced,
    Role,
    Turn,
    TurnKind,
)
from roleplay.prompt.macros import expand, outside
from roleplay.prompt.reinforcement import is_due
from roleplay.prompt.text import clean_name

MOST_UNANSWERED = 20  # messages in a row among which the newest reply is looked for


def begin(
    conversation: Conversation,
    parent: Message,
    *,
    user: int | None,
    kind: TurnKind = TurnKind.REPLY,
    author: Participant | None = None,
    client_id: str | None = None,
) -> Message:
    """The pending reply to `parent`, with its open turn; it becomes the head. The caller saves the conversation.

    `user` is whose turn it is in the line.
    Whether it is reinforced is decided now and stored, so that the place never moves because a setting changed.
    """
    member = conversation.cast.select_related("version").get()
    definition: Definition = member.version.definition
    char = definition["nickname"] or definition["name"]
    number = parent.reply_number + 1
    reinforced = _reinforced(number, _every(conversation, definition), parent)
    reply = Message.objects.create_below(
        parent,
        conversation=conversation,
        reply_number=number,
        role=Role.ASSISTANT,
        name=clean_name(char),
        cast_member=member,
        author=author,
        client_id=client_id,
        text=take_prefix(conversation, definition, parent.name),
        state=MessageState.PENDING,
        reinforced=reinforced,
        last_reinforced=number if reinforced else parent.last_reinforced,
        revision=raise_revision(conversation),
    )
    Turn.objects.create(conversation=conversation, message=reply, user_id=user, kind=kind, text=reply.text)
    conversation.head = reply
    return reply


def let_go_on(conversation: Conversation, reply: Message, *, user: int, client_id: str) -> events.Frame:
    """Opens a turn that adds to a reply, and returns what is told of that. The caller saves the conversation.

    White space at its end is the model's to say.
    """
    reply.text, reply.state, reply.error = reply.text.rstrip(), MessageState.PENDING, ""
    reply.revision = raise_revision(conversation)
    reply.save(update_fields=["text", "state", "error", "revision"])
    Turn.objects.create(
        conversation=conversation,
        message=reply,
        user_id=user,
        kind=TurnKind.CONTINUE,
        client_id=client_id,
        generation=reply.generation,
        text=reply.text,
    )
    return events.message_saved(message_frame(reply), reply.revision, conversation.head_id)


def take_prefix(conversation: Conversation, definition: Definition, user: str) -> str:
    """What the reply begins with: as its readers want it, for this once or for all, else its author. White space at
    its end is the model's to say.
    """
    char = definition["nickname"] or definition["name"]
    openings = (conversation.next_opening, conversation.reply_opening)
    written = next((opening for opening in openings if opening.strip()), definition["reply_prefix"])
    if conversation.next_opening:
        conversation.next_opening = ""
        conversation.save(update_fields=["next_opening"])
    return expand(
        written,
        outside(
            char, user, language=definition["language"], seed=str(conversation.head_id), now=timezone.now()
        ),
    ).rstrip()


def raise_revision(conversation: Conversation) -> int:
    """The revision of the change that is being made. The caller holds the row's lock, and saves it.

    Each message that changes has one of its own: whoever missed one of two frames can tell.
    """
    conversation.revision += 1
    conversation.updated_at = timezone.now()
    return conversation.revision


def message_frame(message: Message) -> events.MessageFrame:
    """The message as browsers are told of it, with its alternatives."""
    of_conversation = Message.objects.filter(conversation=message.conversation_id)
    siblings = of_conversation.alternatives([message.parent_id])
    return events.message(message.said(), siblings.get(message.parent_id, []))


def _reinforced(number: int, every: int, parent: Message) -> Reinforced:
    if is_due(number, every, parent.last_reinforced):
        return Reinforced.SCHEDULE
    return Reinforced.DRIFT if _drifted_before(parent) else Reinforced.NO


def _drifted_before(parent: Message) -> bool:
    """Whether the newest reply of the path that ends in `parent` broke its character."""
    path = Message.objects.path_to(parent.pk, MOST_UNANSWERED)
    return next((said.drifted for said in reversed(path) if said.role == Role.ASSISTANT and said.text), False)


def _every(conversation: Conversation, definition: Definition) -> int:
    for every in (conversation.reinforce_every, definition["reinforce_every"]):
        if every is not None:
            return every
    number: int = settings.REINFORCE_EVERY
    return number
