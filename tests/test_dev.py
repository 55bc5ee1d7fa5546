"""What `dev.py` does before it lets others work: data is copied, programs are found, steps are named and made."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

import dev
from tests import needs, steps


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(dev, "VAR", tmp_path)
    return tmp_path


def test_what_is_not_there_or_empty_holds_no_data(folder: Path):
    (folder / "empty.sqlite3").touch()

    assert not dev.holds_data(folder / "missing.sqlite3")
    assert not dev.holds_data(folder / "empty.sqlite3")


def test_a_copy_has_what_was_written_last_while_the_database_is_open(folder: Path):
    database = folder / "db.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE said (text)")
        connection.execute("INSERT INTO said VALUES ('kept')")
        connection.commit()

        copy = dev.copied(database)

    assert dev.holds_data(database)
    assert copy.parent == folder / "backups"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT text FROM said").fetchall() == [("kept",)]
    assert list(copy.parent.iterdir()) == [copy]


def test_a_digest_knows_names_and_contents(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dev, "ROOT", folder)
    one, other = folder / "one", folder / "other"
    one.write_text("a")
    other.write_text("a")

    assert dev.digest(one) != dev.digest(other)
    before = dev.digest(one, other)
    other.write_text("b")
    assert dev.digest(one, other) != before


@pytest.mark.parametrize(
    ("flags", "left_out"),
    [
        ([], set()),
        (["--no-browser"], {"browser tests", "browsers that reconnect"}),
        (["--no-services"], {"tests on PostgreSQL"}),
        (
            ["--no-browser", "--no-services"],
            {"browser tests", "browsers that reconnect", "tests on PostgreSQL"},
        ),
    ],
)
def test_a_flag_leaves_its_tests_out_and_nothing_else(flags: list[str], left_out: set[str]):
    everything = [name for name, _ in steps.tests("python", [], [])]

    names = [name for name, _ in steps.tests("python", flags, [])]

    assert names == [name for name in everything if name not in left_out]
    assert left_out < set(everything)


def test_what_drives_a_browser_stands_where_it_is_looked_for():
    modules = {str(path.relative_to(dev.ROOT)) for path in (dev.ROOT / "tests").rglob("test_*.py")}
    driving = {name for name in modules if "mark.browser" in (dev.ROOT / name).read_text()}

    assert driving - {"tests/test_dev.py"} == {steps.ASYNC_BROWSERS}


def test_a_check_is_heard_when_it_fails(capfd: pytest.CaptureFixture[str]):
    passed = dev.checked(("quiet", [sys.executable, "-c", "print('fine')"]))
    failed = dev.checked(("loud", [sys.executable, "-c", "raise SystemExit('amiss')"]))

    assert (passed, failed) == (("quiet", True), ("loud", False))
    said = capfd.readouterr().out
    assert "fine" not in said
    assert "amiss" in said


def test_a_program_may_stand_outside_of_the_path(folder: Path):
    for version in ("15", "16"):
        (folder / version).mkdir()
        (folder / version / "initdb-of-ours").touch(mode=0o755)

    assert needs.program(["initdb-of-ours", f"{folder}/*/initdb-of-ours"])
    assert not needs.program(["initdb-of-ours", f"{folder}/*/postgres-of-ours"])
