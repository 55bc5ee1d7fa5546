"""What a page may load and run: its own files alone; nothing inline, no eval, no HTML made from strings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_TRUSTED_TYPES = "; require-trusted-types-for 'script'; trusted-types 'none'"


@sync_and_async_middleware
def content_security_policy(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            return _guarded(request, await get_response(request))

        return answer_async

    def answer(request: HttpRequest) -> HttpResponseBase:
        return _guarded(request, get_response(request))

    return answer


def _guarded(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    # The admin's own scripts make HTML from strings.
    policy = _POLICY if request.path.startswith("/admin/") else _POLICY + _TRUSTED_TYPES
    response.headers["Content-Security-Policy"] = policy
    return response
