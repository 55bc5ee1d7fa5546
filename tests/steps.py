"""What `python3 dev.py test` does, by name. The standard library alone: it is read before anything is installed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

Step = tuple[str, list[str]]  # a name, and a command

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = "tests/browser"
ASYNC_BROWSERS = "tests/faults/test_reconnecting_browsers.py"
# What is tried on PostgreSQL too.
STORED = [f"tests/{place}" for place in ("turns", "flow", "faults", "web", "desk/test_lists.py")]


def checks(python: str) -> list[Step]:
    """What can be made at once. The longest stands first."""
    with_key = ["env", f"SECRET_KEY={os.urandom(32).hex()}"]  # else each makes the one file for it
    deployed = [*with_key, "ALLOWED_HOSTS=example.org"]
    return [
        ("types", [*with_key, "mypy", "."]),
        ("browser's code", ["node", "--test", *map(str, sorted(ROOT.glob("tests/js/**/*.test.js")))]),
        ("format", ["ruff", "format", "--check", "--quiet"]),
        ("lint", ["ruff", "check", "--quiet"]),
        ("layers", ["lint-imports"]),
        ("templates", ["djlint", "--lint", "templates"]),
        ("migrations", [*with_key, python, "manage.py", "makemigrations", "--check", "--dry-run"]),
        ("deployment", [*deployed, python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]),
    ]


def tests(python: str, flags: list[str], chosen: list[str]) -> Iterator[Step]:
    """What needs the whole machine: everything, or pytest with the chosen arguments."""
    if chosen:
        yield "tests", ["pytest", *(["-m", "not browser"] if "--no-browser" in flags else []), *chosen]
        return
    three = ["pytest", "-n", "3", "--dist"]
    # The programmes of faults take long, wait much and stand together: who is done takes some of another's.
    shared = [*three, "worksteal", "-m"]
    yield "tests", [*shared, "not browser"]
    if "--no-services" not in flags:
        on_postgres = [python, "-m", "tests.postgres", *shared, "not browser and not once", *STORED]
        yield "tests on PostgreSQL", on_postgres
    if "--no-browser" not in flags:
        # Playwright's sync API keeps a loop running in its process: tests that are async have one of their own.
        yield "browser tests", [*three, "loadfile", BROWSERS]
        yield "browsers that reconnect", ["pytest", ASYNC_BROWSERS]
