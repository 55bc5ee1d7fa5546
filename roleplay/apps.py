"""The project as an app: it brings the management commands and the templates of accounts."""

from __future__ import annotations

from django.apps import AppConfig

from roleplay.web import signals


class RoleplayConfig(AppConfig):
    name = "roleplay"
    verbose_name = "Roleplay"

    def ready(self) -> None:
        signals.connect()
