"""What is kept: conversations, who takes part, their messages and turns."""

from roleplay.conversations.models.conversation import CastMember, Conversation, Participant
from roleplay.conversations.models.mend import LONGEST_LEFT_OUT, Mend
from roleplay.conversations.models.message import (
    GROWING,
    LONGEST_NAME,
    Deleted,
    Edit,
    Message,
    MessageState,
    Reinforced,
    Role,
)
from roleplay.conversations.models.turn import LONGEST_MODEL, Turn, TurnKind, TurnState
from roleplay.conversations.models.usage import TokenFactor, Usage

__all__ = [
    "GROWING",
    "LONGEST_LEFT_OUT",
    "LONGEST_MODEL",
    "LONGEST_NAME",
    "CastMember",
    "Conversation",
    "Deleted",
    "Edit",
    "Mend",
    "Message",
    "MessageState",
    "Participant",
    "Reinforced",
    "Role",
    "TokenFactor",
    "Turn",
    "TurnKind",
    "TurnState",
    "Usage",
]
