"""Who speaks, and what is known of the world: characters, lorebooks, and the personas of users."""

from characters.models.character import (
    LONG_TEXT,
    CardAsset,
    Character,
    CharacterVersion,
    Greeting,
    Language,
    Picture,
    Quote,
    Situation,
)
from characters.models.lorebook import Logic, Lorebook, LoreEntry, Place, SpeakerRole
from characters.models.persona import Persona

__all__ = [
    "LONG_TEXT",
    "CardAsset",
    "Character",
    "CharacterVersion",
    "Greeting",
    "Language",
    "Logic",
    "LoreEntry",
    "Lorebook",
    "Persona",
    "Picture",
    "Place",
    "Quote",
    "Situation",
    "SpeakerRole",
]
