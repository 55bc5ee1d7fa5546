"""The ASGI application: pages, sockets of this site's own pages, and the demo model before them.

`roleplay.serve` runs it, with the engine beside it; Django is set up by then.
"""

from __future__ import annotations

import logging
from typing import Any

from channels.routing import URLRouter
from channels.security.websocket import WebsocketDenier
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.core.asgi import get_asgi_application

from roleplay.providers.demo.app import DemoModel
from roleplay.providers.endpoints import demo_key
from roleplay.web.urls import websocket_urlpatterns
from roleplay.web.visitors import is_own_origin

logger = logging.getLogger(__name__)

_pages = get_asgi_application()
_sockets = CookieMiddleware(URLRouter(websocket_urlpatterns))
_refuse = WebsocketDenier()
_demo_model = DemoModel(bearer=demo_key()) if settings.DEMO_MODEL else None


async def _whole(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """A page. One that breaks off when it has begun is ended: no other answer can be given any more, and Daphne, left
    to try, would look after no connection again.
    """
    begun = False

    async def telling(event: Any) -> None:
        nonlocal begun
        begun = begun or event["type"] == "http.response.start"
        await send(event)

    try:
        await _pages(scope, receive, telling)
    except Exception:
        if not begun:
            raise
        logger.exception("A page broke off.")
        await send({"type": "http.response.body", "body": b""})


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await (_sockets if is_own_origin(scope) else _refuse)(scope, receive, send)
    elif _demo_model and scope["path"].startswith("/demo/"):
        await _demo_model(scope, receive, send)
    else:
        await _whole(scope, receive, send)
