"""Who speaks, and what is known of the world: characters, lorebooks, and the personas of users."""

from characters.models.character import LONG_TEXT, Character, Language, Picture, Visibility
from characters.models.lorebook import Logic, Lorebook, LoreEntry, Place, SpeakerRole
from characters.models.parts import CardAsset, Greeting, Quote, SearchTerm, Situation
from characters.models.persona import Persona
from characters.models.report import Report
from characters.models.version import CharacterVersion

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
    "Report",
    "SearchTerm",
    "Situation",
    "SpeakerRole",
    "Visibility",
]
