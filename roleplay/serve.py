"""The server of a single process: Daphne, the engine, and a clean leave."""

from __future__ import annotations

# Daphne comes before anything that imports Twisted's reactor.
from daphne.server import twisted_loop  # isort:skip

import asyncio
import fcntl
import logging
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection

from roleplay.asgi import application
from roleplay.conversations.models import Turn
from roleplay.providers import endpoints
from roleplay.sockets import BoundedServer
from roleplay.turns.engine import Engine
from roleplay.web.consumers import EVERYBODY

logger = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024  # of a frame from a browser
PING_EVERY = 10  # seconds
SECONDS_TO_LEAVE = 10.0


def serve() -> None:
    """Listens until SIGTERM or SIGINT. Raises SystemExit where another process serves already, or the port is taken."""
    lock = _only_server()
    if not Path(settings.STATIC_ROOT, "staticfiles.json").exists():
        raise SystemExit(
            "Roleplay cannot start: its static files are missing. Run “manage.py collectstatic” first."
        )
    if Turn.objects.open().exists():
        # Before everybody comes back, who would slow it down: these replies have waited enough.
        endpoints.load_client()
    connection.close()  # this thread asks no more
    engine = Engine(lambda: endpoints.opened(endpoints.configured()))

    tasks: list[asyncio.Task[None]] = []  # the loop itself keeps none alive

    def leave() -> None:
        if len(tasks) == 1:  # once is enough
            tasks.append(twisted_loop.create_task(_leave(server, engine)))

    def ready() -> None:
        print(f"Roleplay is at {endpoints.own_address()}/", flush=True)
        tasks.append(twisted_loop.create_task(engine.start()))
        for name in (signal.SIGTERM, signal.SIGINT):
            twisted_loop.add_signal_handler(name, leave)

    server = _Server(
        application,
        endpoints=[f"tcp:port={settings.PORT}:interface={settings.HOST.replace(':', chr(92) + ':')}"],
        signal_handlers=False,
        websocket_timeout=-1,
        websocket_max_frame_size=MOST_BYTES,
        websocket_max_message_size=MOST_BYTES,
        ping_interval=PING_EVERY,
        ping_timeout=PING_EVERY,
        server_name="roleplay",
        on_listening=ready,
    )
    server.run()
    lock.close()
    raise SystemExit(f"Roleplay cannot start: {server.fault} Set PORT to a free one.")


class _Server(BoundedServer):
    """Tells when it really listens."""

    def __init__(self, *arguments: object, on_listening: Callable[[], None], **options: object) -> None:
        super().__init__(*arguments, **options)
        self._on_listening = on_listening
        self.fault = ""

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        self._port = port
        self._on_listening()

    def listen_error(self, failure: Any) -> None:
        self.fault = failure.getErrorMessage()
        self.stop()

    def stop_listening(self) -> None:
        self._port.stopListening()


async def _leave(server: _Server, engine: Engine) -> None:
    """Stop listening, give the turns back, send the browsers away with "come back", and go."""
    try:
        server.stop_listening()
        async with asyncio.timeout(SECONDS_TO_LEAVE):
            await engine.stop()
            await get_channel_layer().group_send(EVERYBODY, {"type": "server.leaving"})
            await asyncio.gather(*_in_flight(server), return_exceptions=True)
    except TimeoutError:
        logger.warning("Not everybody left within %s seconds.", SECONDS_TO_LEAVE)
    except Exception:
        logger.exception("The leave was not a clean one.")
    finally:
        # Twisted's own end waits for threads that may be busy; what is shown is saved.
        os._exit(0)


def _in_flight(server: _Server) -> list[asyncio.Future[None]]:
    applications = (details.get("application_instance") for details in server.connections.values())
    return [application for application in applications if application]


def _only_server() -> IO[str]:
    """Holds var/ for this process; a kill frees it."""
    lock = (settings.VAR_DIR / "serve.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(
            "Roleplay runs already from this folder. Stop it first, or use the one that runs."
        ) from None
    return lock
