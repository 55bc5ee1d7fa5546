"""Runs the programmes of faults, and that of card files, in their full counts, on both databases, and writes what they measured.

python -m benchmarks.proof [NAME...]    NAME: a file of tests/faults, without the path, to run only that
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROOF = ROOT / "benchmarks" / "PROOF.md"
PROGRAMMES = ["tests/faults", "tests/characters/test_card_round_trip.py"]
DATABASES = {"sqlite3": "SQLite", "postgresql": "PostgreSQL"}


def main(names: list[str]) -> int:
    """The exit code: 0 where everything held."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures"
        chosen = [f"tests/faults/{name.removesuffix('.py')}.py" for name in names] or PROGRAMMES
        command = [sys.executable, "-m", "pytest", "--full", f"--figures={figures}", *chosen]
        on_postgres = [sys.executable, "-m", "tests.postgres", *command, "-m", "not once"]
        codes = [subprocess.run(each, cwd=ROOT).returncode for each in (command, on_postgres)]
        measured = [json.loads(line) for line in figures.read_text().splitlines()] if figures.exists() else []
    if not names:
        PROOF.write_text("\n".join(_page(measured, codes, time.monotonic() - began)))
    print(f"{'Everything held' if not any(codes) else 'Not everything held'}: {PROOF.relative_to(ROOT)}")
    return max(codes)


def _page(measured: list[dict[str, Any]], codes: list[int], seconds: float) -> Iterator[str]:
    yield "# Proof"
    yield ""
    yield "What the programmes of `tests/faults` came to in their full counts. `python3 dev.py prove` writes this page."
    yield ""
    held = "every programme held" if not any(codes) else "**not every programme held**"
    yield f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {os.cpu_count()} cores, {seconds / 60:.0f} minutes: {held}."
    yield ""
    yield "| programme | database | |"
    yield "|---|---|---|"
    for line in measured:
        name = line.pop("programme").removeprefix("test_").replace("_", " ")
        database = DATABASES.get(line.pop("database"), "")
        told = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in line.items())
        yield f"| {name} | {database} | {told} |"
    yield ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
