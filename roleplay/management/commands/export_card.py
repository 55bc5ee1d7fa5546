from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from characters.cards.exporting import FORMATS, exported
from characters.models import Character


class Command(BaseCommand):
    help = "Writes a character into a card file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="ADDRESS")
        parser.add_argument("--format", choices=FORMATS, default="v3-png")
        parser.add_argument("--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        character = Character.objects.filter(slug=options["slug"]).first()
        if character is None:
            raise CommandError(f"There is no character at {options['slug']}.")
        options["output"].write_bytes(exported(character, options["format"]))
