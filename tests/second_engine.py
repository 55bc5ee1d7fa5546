"""A second engine at a server's database, without the web: python -m tests.second_engine

It runs with a server's settings, says when it has begun, and ends on SIGTERM.
"""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.server import Server

SECONDS_TO_LEAVE = 10


@contextmanager
def second_engine(server: Server, **settings: str) -> Iterator[None]:
    """An engine in a process of its own while the block runs; `settings` differ from the server's."""
    from tests.server import ROOT

    command = [sys.executable, "-m", "tests.second_engine"]
    environment = server.environment | settings
    with (
        server.log.open("a") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log) as running,
    ):
        assert running.stdout
        try:
            assert running.stdout.readline(), server.log.read_text()
            yield
            running.terminate()
            running.wait(SECONDS_TO_LEAVE)
        finally:
            running.kill()


def main() -> None:
    import django

    django.setup()
    asyncio.run(_run())


async def _run() -> None:
    from roleplay.providers import endpoints
    from roleplay.turns.engine import Engine

    told_to_leave = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told_to_leave.set)
    engine = Engine(lambda: endpoints.opened(endpoints.configured()), alone=False)
    await engine.start()
    print("A second engine runs.", flush=True)
    await told_to_leave.wait()
    await engine.stop()


if __name__ == "__main__":
    main()
