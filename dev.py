#!/usr/bin/env python3
"""Sets Roleplay up in .venv, then runs or tests it.

python3 dev.py run [ARGUMENT...]    migrates and starts the server; the arguments go to manage.py serve
python3 dev.py test                 makes all checks and tests, up to the first that fails
               --keep-going         ... and those after it
               --no-browser         without the tests that drive Chromium
               --no-services        without the tests on PostgreSQL
               ARGUMENT...          only pytest, with these arguments
python3 dev.py bench                measures, and writes benchmarks/RESULTS.md
python3 dev.py prove [NAME...]      runs the programmes of faults in full, and writes benchmarks/PROOF.md
"""

import hashlib
import itertools
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote_plus

# Python 3.6 can read this file, so that every Python that is too old says so.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(f"Roleplay needs Python 3.11 or newer, and this is {platform.python_version()}.")

from tests import needs, steps  # noqa: E402

ROOT = Path(__file__).resolve().parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
BASE_PYTHON = os.path.realpath(sys.executable)  # never .venv's own, which may have to be made anew
ENVIRONMENT = {
    **os.environ,
    "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    "PYTHONDONTWRITEBYTECODE": "",  # else each of the many processes compiles all packages for itself
}
LEFT_OUT = {"--no-browser": "Browser tests", "--no-services": "Tests on PostgreSQL"}


def run(arguments: list[str]) -> None:
    set_up("requirements.txt")
    migrate()
    manage("seed_demo")
    collect_static()
    say("starting the server")
    os.chdir(ROOT)
    os.execve(PYTHON, [PYTHON, "manage.py", "serve", *arguments], {**ENVIRONMENT, "PYTHONUNBUFFERED": "1"})


def test(arguments: list[str]) -> None:
    began = time.monotonic()
    flags = [argument for argument in arguments if argument in ("--keep-going", *LEFT_OUT)]
    chosen = [argument for argument in arguments if argument not in flags]
    if "--no-browser" not in flags:
        ENVIRONMENT["CHROMIUM"] = needs.chromium()
    if not chosen:
        needs.node()
    if not chosen and "--no-services" not in flags:
        needs.postgres()
    set_up("requirements-dev.txt")
    failures = (name for name, passed in outcomes(flags, chosen) if not passed)
    failed = list(failures if "--keep-going" in flags else itertools.islice(failures, 1))
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}.")
    left_out = [f"{what} were left out ({flag})." for flag, what in LEFT_OUT.items() if flag in flags]
    print(f"All passed in {time.monotonic() - began:.0f} s.", *left_out)


def bench(arguments: list[str], module: str = "benchmarks.bench") -> None:
    needs.postgres()
    set_up("requirements-dev.txt")
    os.chdir(ROOT)
    os.execve(PYTHON, [PYTHON, "-m", module, *arguments], ENVIRONMENT)


def prove(arguments: list[str]) -> None:
    ENVIRONMENT["CHROMIUM"] = needs.chromium()
    bench(arguments, "benchmarks.proof")


def outcomes(flags: list[str], chosen: list[str]) -> Iterator[tuple[str, bool]]:
    """Makes what `test` does; by name, whether it was passed. Checks are made as many at once as there are processors."""
    if not chosen:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            yield from pool.map(checked, steps.checks(PYTHON))
    for name, command in steps.tests(PYTHON, flags, chosen):
        print(name, flush=True)
        yield name, succeeds(*command)


def checked(step: tuple[str, list[str]]) -> tuple[str, bool]:
    """Makes one check, which is heard only when it fails."""
    name, command = step
    began = time.monotonic()
    made = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True)
    took = f"{name:<16}{'failed' if made.returncode else 'ok':<8}{time.monotonic() - began:5.1f} s\n"
    print(took + (made.stdout + made.stderr if made.returncode else ""), end="", flush=True)
    return name, made.returncode == 0


def set_up(requirements: str) -> None:
    """Brings .venv to what a file of requirements says.

    A stamp in it names what is installed. It is gone while that changes: what was interrupted is made anew.
    """
    stamp = VENV / "stamp"
    python = f"{platform.python_version()} {BASE_PYTHON}"
    # The longer file names all that the shorter one does.
    lines = [f"{digest(ROOT / name)} {name}" for name in sorted({"requirements.txt", requirements}, key=len)]
    had = stamp.read_text().splitlines() if stamp.exists() else []
    if had[:1] == [python] and lines[-1] in had:
        return
    if had[:1] == [python]:
        stamp.unlink()
    else:
        say("making .venv")
        subprocess.run([BASE_PYTHON, "-m", "venv", "--clear", "--without-pip", str(VENV)], check=True)
    say("installing packages")
    if not any(succeeds(*installer, requirements) for installer in installers()):
        sys.exit("The packages could not be installed. The reason stands above.")
    stamp.write_text("\n".join([python, *lines, ""]))


def installers() -> Iterator[list[str]]:
    """Commands that install a file's packages into .venv, to be tried in turn: uv, uv in .venv, pip.

    No index is named: each keeps to what this machine has configured for it.
    """
    sync = ["pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes"]
    if succeeds("uv", "--version", quiet=True):
        yield ["uv", *sync]
    pip = [PYTHON, "-m", "pip"]
    if not succeeds(*pip, "--version", quiet=True) and not succeeds(PYTHON, "-m", "ensurepip", quiet=True):
        pip = [BASE_PYTHON, "-m", "pip", "--python", PYTHON]  # Debian without python3-venv
        if not succeeds(*pip, "--version", quiet=True):
            sys.exit("This Python has no pip. Install uv, or the package python3-venv, and try again.")
    install = [*pip, "install", "-qq", "--require-hashes", "-r"]
    if succeeds(*install, "requirements-uv.txt", quiet=True):
        yield [str(VENV / "bin" / "uv"), *sync]
    yield install


def migrate() -> None:
    """Brings the database to the newest schema. One of SQLite that holds data is copied before."""
    url = os.environ.get("DATABASE_URL", "").strip() or f"sqlite:///{VAR / 'db.sqlite3'}"
    database = ROOT / unquote_plus(url.partition("?")[0].removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and holds_data(database):
        if "[ ]" not in manage("showmigrations", "--plan"):
            return
        say(f"copied the database to {copied(database).relative_to(ROOT)}")
    manage("migrate", "--verbosity", "0")


def holds_data(database: Path) -> bool:
    if not database.is_file():
        return False
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None


def copied(database: Path) -> Path:
    """The copy, whole: it gets its name when it is finished."""
    copy = VAR / "backups" / time.strftime("%Y%m%dT%H%M%SZ-before-migration.sqlite3", time.gmtime())
    copy.parent.mkdir(parents=True, exist_ok=True)
    partial = copy.with_suffix(".partial")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(partial)) as target:
        source.backup(target)
    return partial.rename(copy)


def collect_static() -> None:
    """Collects static files where they would be others than those that are there."""
    state, stamp = static_state(), VAR / "static" / "stamp"
    if not stamp.exists() or stamp.read_text() != state:
        manage("collectstatic", "--noinput", "--verbosity", "0")
        stamp.write_text(state)


def static_state() -> str:
    """Changes with the static files, the packages and the way of collecting."""
    sources = [path for path in sorted(ROOT.glob("static/**/*")) if path.is_file()]
    ways = map(ROOT.joinpath, ("requirements.txt", "roleplay/settings.py", "roleplay/staticfiles.py"))
    return digest(*sources, *ways)


def manage(*arguments: str) -> str:
    """What a command of the project prints. Where it fails, its own words stand, and this ends too."""
    command = [PYTHON, "manage.py", *arguments]
    made = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    if made.returncode:
        sys.exit(made.returncode)
    return made.stdout


def succeeds(*command: str, quiet: bool = False) -> bool:
    if not shutil.which(command[0], path=ENVIRONMENT["PATH"]):
        return False
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, stdout=output, stderr=output).returncode == 0


def digest(*files: Path) -> str:
    """Changes with the files' names and contents."""
    parts = [f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() for file in files]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def say(progress: str) -> None:
    print(f"roleplay: {progress}", flush=True)


if __name__ == "__main__":
    commands = {"run": run, "test": test, "bench": bench, "prove": prove}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__.strip())
    try:
        commands[sys.argv[1]](sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit(130)
