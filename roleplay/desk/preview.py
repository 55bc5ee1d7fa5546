"""What a definition makes of the prompt of a first turn, as the model will be told it. Sync."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from characters.versions import Definition
from roleplay.prompt.assemble import assemble
from roleplay.prompt.budget import size
from roleplay.prompt.macros import expand, outside
from roleplay.prompt.values import Line, Persona, Prompt, Scene
from roleplay.turns.books import character_books
from roleplay.turns.scenes import sheet

# Texts of the form of which an author should see what they take; `lists` are those of parts.
COUNTED = (
    "description",
    "personality",
    "background",
    "speech",
    "scenario",
    "rules",
    "examples",
    "reminder",
    "system_prompt",
    "post_history",
    "depth_prompt",
)


def first_prompt(definition: Definition) -> Prompt:
    """After the first greeting and a word of a reader."""
    reader, char = _("Reader"), definition["nickname"] or definition["name"]
    now = timezone.now()
    macros = outside(char, reader, language=definition["language"], now=now)
    greetings = [Line("assistant", char, expand(text, macros), 0) for text in definition["greetings"][:1]]
    return assemble(
        Scene(
            sheet=sheet(definition),
            persona=Persona(reader),
            lines=(*greetings, Line("user", reader, "…", len(greetings))),
            books=character_books(definition),
            length=len(greetings) + 1,
            budget=settings.PROMPT_TOKENS,
            began=now,
            now=now,
        )
    )


def counted(definition: Definition) -> dict[str, int]:
    """Tokens of each text of the form, and of the parts of each kind together."""
    texts = {name: size(str(definition.get(name, ""))) for name in COUNTED}
    pairs = (text for pair in definition["situations"] for text in pair)
    return {
        **texts,
        "quotes": sum(map(size, definition["quotes"])),
        "situations": sum(map(size, pairs)),
        "greetings": sum(map(size, definition["greetings"])),
    }
