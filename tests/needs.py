"""Programs of the system that the tests need: looked for, else installed where that is allowed, else named.

The standard library alone: it is used before anything is installed. Each raises SystemExit with a sentence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from glob import glob

# Chromium without the windows, menus and bars of a desktop: the tests take a third less time in it.
HEADLESS = "chromium-headless-shell"
CHROMIUMS = [
    os.environ.get("CHROMIUM", ""),
    HEADLESS,
    "chromium",
    "chromium-browser",
    "google-chrome",
]


def chromium() -> str:
    """Its path."""
    fonts = ("fonts-noto-core", "fonts-noto-cjk")
    found = program(CHROMIUMS, HEADLESS, *fonts) or program(CHROMIUMS, "chromium", *fonts)
    if not found:
        sys.exit("No Chromium: install the package chromium, put its path in CHROMIUM, or say --no-browser.")
    return found


def node() -> None:
    is_old = "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)"
    if not program(["node"], "nodejs") or not _succeeds("node", "--eval", is_old):
        sys.exit("The tests of the browser's code need Node.js 18 or newer. Install the package nodejs.")


def postgres() -> None:
    if not program(["initdb", "/usr/lib/postgresql/*/bin/initdb"], "postgresql"):
        sys.exit("No PostgreSQL: install the package postgresql, or say --no-services.")


def program(names: list[str], *packages: str) -> str | None:
    """The path of the first of these programs. Where none is here, apt installs the packages if it may."""
    for path in filter(None, map(shutil.which, (path for name in names for path in glob(name) or [name]))):
        return path
    sudo = [] if os.getuid() == 0 else ["sudo", "-n"]
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    if not packages or not _succeeds(*apt, "--version", quiet=True):
        return None
    print(f"roleplay: installing {' '.join(packages)}", flush=True)
    if _succeeds(*apt, "update") and _succeeds(
        *apt, "install", "--yes", "--no-install-recommends", *packages
    ):
        return program(names)
    return None


def _succeeds(*command: str, quiet: bool = False) -> bool:
    if not shutil.which(command[0]):
        return False
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, stdout=output, stderr=output).returncode == 0
