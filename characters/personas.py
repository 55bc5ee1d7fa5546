"""Who a user is in a conversation: everybody has one default persona from the start."""

from __future__ import annotations

from django.contrib.auth.models import User

from characters.models import Persona

NAME_LENGTH = 64  # code points


def default_persona(user: User) -> Persona:
    """The user's default persona, made if there is none; called twice at once, it is still one."""
    name = user.get_username()[:NAME_LENGTH]
    return Persona.objects.get_or_create(user=user, default=True, defaults={"name": name})[0]


def give_default_persona(
    sender: type[User], *, instance: User, created: bool, raw: bool, **_: object
) -> None:
    """Receiver of a saved user. Fixtures (`raw`) bring their personas themselves."""
    if created and not raw:
        default_persona(instance)
