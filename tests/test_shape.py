"""A module is short enough to be read in one go."""

from __future__ import annotations

from tests.server import ROOT

LONGEST = 250  # lines
FOLDERS = ("characters", "roleplay", "static/css", "static/js", "templates", "tests")
KINDS = {".py", ".js", ".css", ".html"}


def test_no_module_is_too_long():
    files = [ROOT / "dev.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))]
    lengths = {
        path.relative_to(ROOT): len(path.read_text().splitlines())
        for path in files
        if path.suffix in KINDS and not {"migrations", "vendor"} & set(path.parts)
    }

    assert len(lengths) > 100
    assert [f"{path}: {lines}" for path, lines in lengths.items() if lines > LONGEST] == []
