"""A server of its own process, as an operator runs it, and a visitor that reaches it over the network."""

from __future__ import annotations

import asyncio
import atexit
import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
from websockets.asyncio.client import ClientConnection, connect

import dev
from tests import databases
from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent


class NotStarted(Exception):
    """With what the server said instead of its address."""


class Server:
    """`folder` and `database_url` keep its data from one start to the next; `settings` are environment variables.

    It begins with the demo characters.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database_url = databases.url_of(folder)
        self.log = folder / "server.log"
        self.environment = _environment(folder, collected_static()) | {"PORT": str(self.port)} | settings
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Returns once it listens. Raises NotStarted."""
        command = [sys.executable, "manage.py", "serve"]
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=log
            )
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line.startswith("Roleplay is at"):
            self._process.wait()
            self._close()
            raise NotStarted(self.log.read_text())

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def kill(self) -> None:
        """As a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """As an operator does; the exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        assert self._process
        self._process.send_signal(how)
        code = self._process.wait(timeout=30)
        self._close()
        return code

    def _close(self) -> None:
        assert self._process and self._process.stdout
        self._process.stdout.close()
        self._process = None

    def __enter__(self) -> Server:
        databases.create(self.database_url, template=seeded())
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self.kill()
        databases.drop(self.database_url)


@cache
def seeded() -> str:
    """The address of a database with the demo characters: a file is kept while they and the schema are the same."""

    def seed(folder: Path) -> None:
        databases.create(databases.url_of(folder))
        for command in (["migrate", "-v0"], ["seed_demo"]):
            _manage(command, _environment(folder, collected_static()))

    if databases.ON_POSTGRES:
        folder = Path(tempfile.mkdtemp(prefix="roleplay-seeded-"))
        atexit.register(databases.drop, databases.url_of(folder))
        seed(folder)
    else:
        made_from = [*ROOT.glob("roleplay/*/migrations/*.py"), *ROOT.glob("characters/**/*.*[!c]")]
        folder = _kept("seeded-of-tests", dev.digest(*sorted(made_from)), seed)
    return databases.url_of(folder)


@cache
def collected_static() -> Path:
    """The static files as they are served: kept while they are the same."""

    def collect(folder: Path) -> None:
        _manage(["collectstatic", "--noinput", "-v0"], _environment(folder, folder))

    return _kept("static-of-tests", dev.static_state(), collect)


def _kept(kind: str, state: str, make: Callable[[Path], None]) -> Path:
    """A folder that is kept from one run to the next. One worker makes it, the others wait."""
    kept = ROOT / "var" / kind / state
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            folder = Path(tempfile.mkdtemp(dir=kept.parent))
            make(folder)
            folder.rename(kept)
    return kept


def _environment(folder: Path, static: Path) -> dict[str, str]:
    ours = ("LLM_", "MOONSHOT_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {
        "DJANGO_SETTINGS_MODULE": "tests.server_settings",
        "DATABASE_URL": databases.url_of(folder),
        "TEST_FOLDER": str(folder),
        "TEST_STATIC": str(static),
        "SECRET_KEY": "a key for tests that is long enough to be taken",
    }


def _manage(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)


class Visitor:
    """A person with a browser, without the browser."""

    def __init__(self, server: Server, *, session: str = "") -> None:
        self._server = server
        cookies = {"sessionid": session} if session else None
        self._http = httpx2.Client(base_url=server.url, follow_redirects=True, cookies=cookies)

    def sign_up(self, name: str) -> None:
        password = "a sentence nobody guesses"
        self.post("/accounts/signup/", username=name, password1=password, password2=password)

    def start_chat(self, slug: str) -> str:
        """The id of the new conversation."""
        page = self.post(f"/characters/{slug}/chat/", at=f"/characters/{slug}/")
        return str(page.url).rstrip("/").rpartition("/")[2]

    def get(self, path: str) -> httpx2.Response:
        return self._http.get(path)

    def post(self, path: str, *, at: str | None = None, **fields: str) -> httpx2.Response:
        """Sends a form that stands on the page `at`."""
        self._http.get(at or path).raise_for_status()
        token = self._http.cookies["csrftoken"]
        answer = self._http.post(path, data={"csrfmiddlewaretoken": token, **fields})
        answer.raise_for_status()
        return answer

    def close(self) -> None:
        self._http.close()

    async def open(self, conversation: str) -> ClientConnection:
        """A socket of the conversation."""
        url = f"{self._server.url.replace('http', 'ws', 1)}/ws/conversations/{conversation}/"
        return await connect(url, origin=self._server.url, additional_headers={"Cookie": self.cookies()})  # type: ignore[arg-type]

    def cookies(self) -> str:
        """As a browser's header has them."""
        return "; ".join(f"{name}={value}" for name, value in self._http.cookies.items())


async def send(connection: ClientConnection, text: str) -> None:
    await say(connection, "message.send", client_id=str(uuid4()), text=text)


async def say(connection: ClientConnection, type: str, **keys: Any) -> None:
    await connection.send(json.dumps({"type": type, **keys}))


async def until(connection: ClientConnection, type: str, patience: float = 20.0) -> dict[str, Any]:
    """The next frame of the type. Raises TimeoutError after `patience` seconds."""
    async with asyncio.timeout(patience):
        while True:
            frame: dict[str, Any] = json.loads(await connection.recv())
            if frame["type"] == type:
                return frame
