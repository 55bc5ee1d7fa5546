"""Runs the measurements, each on both databases, and writes benchmarks/RESULTS.md.

python -m benchmarks.bench
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
MEASURED = {
    "tree": "A reader's ways through a conversation (medians)",
    "prompts": "The prompt of a reply (medians)",
    "gallery": "The gallery (medians)",
}
PURE = {
    "cache": "A chat of 200 turns and the provider's cache",
    "worst": "The worst that one can write",
    "guard": "What the guard costs while a reply streams",
    "mending": "A chat of 60 turns that forgets who it is, with the guard and without",
}
DATABASES = {"SQLite": [], "PostgreSQL": ["-m", "tests.postgres", sys.executable]}


def main() -> int:
    """The exit code: 0 where everything is within what it may cost."""
    codes: list[int] = []
    RESULTS.write_text("\n".join(_page(codes)))
    print(
        f"{'All is within bounds' if not any(codes) else 'Not all is within bounds'}: {RESULTS.relative_to(ROOT)}"
    )
    return max(codes)


def _page(codes: list[int]) -> Iterator[str]:
    yield "# Results"
    yield ""
    yield "`python3 dev.py bench` writes this page."
    yield ""
    yield f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {os.cpu_count()} cores."
    for module, title in MEASURED.items():
        for database, command in DATABASES.items():
            yield from _measured(f"{title}, {database}", [*command, "-m", f"benchmarks.{module}"], codes)
    for module, title in PURE.items():
        yield from _measured(title, ["-m", f"benchmarks.{module}"], codes)


def _measured(title: str, command: list[str], codes: list[int]) -> Iterator[str]:
    print(title, flush=True)
    made = subprocess.run([sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    print(made.stdout, flush=True)
    codes.append(made.returncode)
    yield ""
    yield f"## {title}"
    yield ""
    yield made.stdout


if __name__ == "__main__":
    sys.exit(main())
