"""Who is signed out, banned, deleted or removed is told to his sockets, after the commit: they look again who he is.

A hint, as all that is published: the pulse of each socket is the net below it. Updates of many rows
at once (`QuerySet.update`) send no signal, and are noticed by the pulse alone.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from asgiref.sync import async_to_sync
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from roleplay.conversations.publish import look_again

_PERMITTING = frozenset({"is_active", "password"})  # fields of a user


def connect() -> None:
    post_save.connect(user_saved, sender="auth.User")
    post_delete.connect(user_deleted, sender="auth.User")
    post_delete.connect(session_deleted, sender="sessions.Session")
    post_delete.connect(participant_deleted, sender="conversations.Participant")


def user_saved(*, instance: Any, created: bool, update_fields: frozenset[str] | None, **_: object) -> None:
    if not created and (update_fields is None or update_fields & _PERMITTING):
        _tell(instance.pk)


def user_deleted(*, instance: Any, **_: object) -> None:
    _tell(instance.pk)


def session_deleted(*, instance: Any, **_: object) -> None:
    """A sign-out. Django's own signal of it comes before the session goes, when a look would find it still there."""
    if instance.expire_date > timezone.now():
        user = instance.get_decoded().get(SESSION_KEY)
        if user is not None:
            _tell(int(user))


def participant_deleted(*, instance: Any, **_: object) -> None:
    """Removed from the conversation, or gone with it."""
    _tell(instance.user_id)


def _tell(user: int) -> None:
    # Under the server this comes back to its loop. Elsewhere there are no sockets, and nobody is told.
    transaction.on_commit(partial(async_to_sync(look_again), user), robust=True)
