from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from characters.cards.importing import imported
from characters.cards.limits import MOST_BYTES, CardError


class Command(BaseCommand):
    help = "Makes a character of each card file, for authors alone at first, and prints its address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for file in options["files"]:
            try:
                with file.open("rb") as opened:
                    self.stdout.write(imported(opened.read(MOST_BYTES + 1), name=file.name).slug)
            except (CardError, OSError) as error:
                failed += 1
                self.stderr.write(f"{file}: {error}")
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files did not come in.")
