"""The prompt of a character's first turn, as the model will be told it. Sync."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from characters.models import Character
from characters.versions import definition_of
from roleplay.prompt.assemble import assemble
from roleplay.prompt.macros import expand, outside
from roleplay.prompt.values import Line, Persona, Prompt, Scene
from roleplay.turns.books import character_books
from roleplay.turns.scenes import sheet
from roleplay.words import FIELDS


def preview(character: Character) -> SafeString:
    """With tokens for each field, after the first greeting and a word of a reader."""
    prompt = first_prompt(character)
    return render_to_string(
        "desk/preview.html",
        {
            "prompt": prompt,
            "fields": [(FIELDS[field], tokens) for field, tokens in prompt.fields],
            "cuts": [(FIELDS[cut.what], cut.tokens) for cut in prompt.cuts],
        },
    )


def first_prompt(character: Character) -> Prompt:
    definition = definition_of(character)
    reader, char = _("Reader"), character.char
    macros = outside(char, reader, language=character.language, now=timezone.now())
    greetings = [Line("assistant", char, expand(text, macros), 0) for text in definition["greetings"][:1]]
    return assemble(
        Scene(
            sheet=sheet(definition),
            persona=Persona(reader),
            lines=(*greetings, Line("user", reader, "…", len(greetings))),
            books=character_books(definition),
            length=len(greetings) + 1,
            budget=settings.PROMPT_TOKENS,
            began=timezone.now(),
            now=timezone.now(),
        )
    )
