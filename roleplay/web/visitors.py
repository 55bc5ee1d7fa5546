"""Who is at the other end of a socket, read anew each time: a session that has ended opens nothing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host
from django.utils.translation import get_language_from_request


class SignedOut(Exception):
    """Nobody is signed in under this session any more."""


def user_of(session_key: str) -> User:
    """The user of a session. Raises SignedOut, also for one who was banned."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    if not isinstance(user, User) or not user.is_active:
        raise SignedOut
    return user


def session_of(scope: dict[str, Any]) -> str:
    cookies: dict[str, str] = scope["cookies"]
    return cookies.get(settings.SESSION_COOKIE_NAME, "")


def language_of(scope: dict[str, Any]) -> str:
    """The language of a socket's reader, chosen as on the pages."""
    request = HttpRequest()
    request.COOKIES = scope["cookies"]
    accepted = dict(scope["headers"]).get(b"accept-language", b"")
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted.decode("latin-1")
    return get_language_from_request(request)


def is_own_origin(scope: dict[str, Any]) -> bool:
    """Whether the page that opens a socket is this site's: its origin names the host that was asked, port included."""
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    host = headers.get(b"host", b"").decode("latin-1")
    scheme, _, authority = origin.partition("://")
    is_safe = scheme == "https" or settings.LOCAL_START
    return bool(host) and authority.lower() == host.lower() and is_safe and _is_served(host)


def _is_served(host: str) -> bool:
    name, _port = split_domain_port(host)
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS)
