"""The app of who speaks: characters and personas."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class CharactersConfig(AppConfig):
    name = "characters"
    verbose_name = _("Characters")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from characters.models import Character  # models can be imported from here on
        from characters.personas import give_default_persona
        from characters.search import keep_terms_of_saved

        post_save.connect(
            give_default_persona, sender=settings.AUTH_USER_MODEL, dispatch_uid="characters.default_persona"
        )
        post_save.connect(keep_terms_of_saved, sender=Character, dispatch_uid="characters.search_terms")
