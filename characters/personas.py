"""Who a user is in a conversation: everybody has one default persona from the start, and may write others."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from characters.models import Persona

NAME_LENGTH = 64  # code points


def default_persona(user: User) -> Persona:
    """The user's default persona, made if there is none; called twice at once, it is still one."""
    name = user.get_username()[:NAME_LENGTH]
    return Persona.objects.get_or_create(user=user, default=True, defaults={"name": name})[0]


def personas_of(user: User) -> QuerySet[Persona]:
    """The default one first."""
    return user.personas.order_by("-default", "name", "pk")


@transaction.atomic
def make_default(user: User, persona: UUID) -> Persona:
    """Raises Persona.DoesNotExist for one that is not his. Two callers at once take turns."""
    locked = {each.pk: each for each in user.personas.select_for_update().order_by("pk")}
    if persona not in locked:
        raise Persona.DoesNotExist
    user.personas.update(default=False)
    user.personas.filter(pk=persona).update(default=True)
    return locked[persona]


def give_default_persona(
    sender: type[User], *, instance: User, created: bool, raw: bool, **_: object
) -> None:
    """Receiver of a saved user. Fixtures (`raw`) bring their personas themselves."""
    if created and not raw:
        default_persona(instance)
