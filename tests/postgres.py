"""A PostgreSQL of one's own while a command runs: python -m tests.postgres COMMAND [ARGUMENT...]

The command finds its address in DATABASE_URL; the data are gone when it ends.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

USER = "roleplay"
INITDB = ["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "max_connections": 300,
}
SECONDS_TO_START = 30
SECONDS_TO_LEAVE = 10  # for a command that is told to

# Ends the server when its own input ends: that is so even where the process that holds the other end was killed.
GUARD = """
"$@" &
cat
kill -QUIT $!
wait
rm -rf "$FOLDER"
"""


class NoPostgres(Exception):
    """With a sentence, or with what the server said."""


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database. The server ends with the block, and with this process."""
    programs, port = _programs(), free_port()
    url = f"postgres://{USER}@127.0.0.1:{port}/{USER}"
    folder = Path(tempfile.mkdtemp(prefix="roleplay-postgres-"))
    log = folder / "log"
    server: list[str | Path] = [programs / "postgres", "-D", folder / "data", "-p", str(port)]
    server += [f"--{name}={value}" for name, value in SETTINGS.items()]
    try:
        with log.open("w") as said:
            alike: dict[str, Any] = {"cwd": folder, "stdout": said, "stderr": said, **_owner_of(folder)}
            if subprocess.run([programs / "initdb", "-D", folder / "data", *INITDB], **alike).returncode:
                raise NoPostgres(log.read_text())
            guard = subprocess.Popen(
                ["sh", "-c", GUARD, "sh", *server],
                env={**os.environ, "FOLDER": str(folder)},
                stdin=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the command: it may need the database once more
                **alike,
            )
        with guard:  # which closes its input in the end, and waits
            _create(url, log)
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """The command's exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with postgres() as url:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
        with subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url, "PATH": path}) as running:
            try:
                return running.wait()
            except SystemExit:
                running.send_signal(signal.SIGINT)  # pytest then gives back what it holds
                raise
            finally:  # a terminal's Ctrl-C has reached the command too
                _leave(running)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _programs() -> Path:
    """The folder of initdb and postgres: in the PATH, else where Debian keeps them, the newest first."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    for folder in [*map(Path, os.get_exec_path()), *debian]:
        if all(shutil.which(name, path=str(folder)) for name in ("initdb", "postgres")):
            return folder.absolute()
    raise NoPostgres("There is no PostgreSQL server here. Install the package postgresql.")


def _version(folder: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", folder.parent.name)]


def _owner_of(folder: Path) -> dict[str, Any]:
    """PostgreSQL does not run as root: somebody else gets the folder then. What runs a process as its owner."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            owner = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    raise NoPostgres("PostgreSQL does not run as root, and there is no user postgres or nobody.")


def _create(url: str, log: Path) -> None:
    """Makes the database, as soon as the server answers."""
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {USER}")
                return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise NoPostgres(log.read_text()) from error
            time.sleep(0.05)


def _leave(running: subprocess.Popen[bytes]) -> None:
    try:
        running.wait(SECONDS_TO_LEAVE)
    except subprocess.TimeoutExpired:
        running.kill()


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(__doc__)
    try:
        sys.exit(main(sys.argv[1:]))
    except NoPostgres as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
