from __future__ import annotations

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import check

from roleplay.providers.endpoints import configured
from roleplay.providers.survey import survey


class Command(check.Command):
    help = "Checks the project as Django does, then asks the model's endpoint whether it will answer."

    def handle(self, *app_labels: list[str], **options: Any) -> None:
        super().handle(*app_labels, **options)
        if app_labels or options["list_tags"] or options["tags"]:
            return
        if settings.DEMO_MODEL:
            self.stdout.write("The demo model answers. Set LLM_API_KEY to talk with Kimi.")
            return
        finding = asyncio.run(survey(configured()))
        if not finding.good:
            raise CommandError(finding.sentence)
        self.stdout.write(self.style.SUCCESS(finding.sentence))
