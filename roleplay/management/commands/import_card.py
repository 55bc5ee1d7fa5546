from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from characters.cards.importing import imported
from characters.cards.limits import MOST_BYTES, CardError


class Command(BaseCommand):
    help = "Makes a private character of each card file, and prints its address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--owner", metavar="NAME", help="the account that they belong to, else the house's"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        owner = _account(options["owner"])
        failed = 0
        for file in options["files"]:
            try:
                with file.open("rb") as opened:
                    made = imported(opened.read(MOST_BYTES + 1), name=file.name, owner=owner)
                self.stdout.write(made.slug)
            except CardError as error:
                failed += 1
                self.stderr.write(f"{file}: {error.sentence}")
            except OSError as error:
                failed += 1
                self.stderr.write(f"{file}: {error.strerror}.")
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files did not come in.")


def _account(name: str | None) -> User | None:
    if name is None:
        return None
    account = User.objects.filter(username=name).first()
    if account is None:
        raise CommandError(f"There is no account of the name {name}.")
    return account
