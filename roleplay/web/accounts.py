"""Accounts: allauth's, and who becomes operator."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped
    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """The first account of a local start becomes operator: whoever started the server is sitting before it."""
        if settings.LOCAL_START and not User.objects.select_for_update().filter(is_superuser=True).exists():
            user.is_staff = user.is_superuser = True
        saved: User = super().save_user(request, user, form, commit)
        return saved
