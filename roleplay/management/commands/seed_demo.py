from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from characters.seed import seed_demo


class Command(BaseCommand):
    help = "Brings the demo characters, while there is no character yet."

    def handle(self, *args: Any, **options: Any) -> None:
        for character in seed_demo():
            self.stdout.write(character.slug)
