"""Files of others that came into the project: each is the one that its list names, and none is unlisted."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = [ROOT / "static" / "vendor", ROOT / "tests" / "vendor"]
LIST = "VENDORED.json"

VENDORED = [
    pytest.param(folder, entry, id=entry["file"])
    for folder in FOLDERS
    for entry in json.loads((folder / LIST).read_text())
]


@pytest.mark.parametrize(("folder", "entry"), VENDORED)
def test_a_vendored_file_is_the_one_in_the_list(folder, entry):
    assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


@pytest.mark.parametrize(("folder", "entry"), VENDORED)
def test_a_vendored_file_comes_with_its_version_and_licence(folder, entry):
    assert entry["name"] and entry["version"] and entry["licence"]
    assert (folder / entry["licence_file"]).read_text().strip()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_no_file_is_missing_from_the_list(folder):
    entries = json.loads((folder / LIST).read_text())
    listed = {LIST} | {entry[key] for entry in entries for key in ("file", "licence_file")}

    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == listed
