from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from roleplay.serve import serve


class Command(BaseCommand):
    help = "Serves the site until it is told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        serve()
