"""A style sheet is served whole: with those that it imports, in their layers."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from roleplay.staticfiles import WholeSheets
from tests.server import ROOT, collected_static


def test_a_sheet_holds_those_that_it_imports_and_those_that_they_import(tmp_path: Path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "app.css").write_text(
        '@layer a, b;\n@import "parts/one.css" layer(a);\n@import "two.css";\np {}\n'
    )
    (tmp_path / "parts" / "one.css").write_text('@import "three.css" layer(b);\nh1 {}\n')
    (tmp_path / "parts" / "three.css").write_text("h3 {}\n")
    (tmp_path / "two.css").write_text("h2 {}\n")

    with WholeSheets(FileSystemStorage(tmp_path)).open("app.css") as sheet:
        whole = sheet.read().decode()

    assert " ".join(whole.split()) == "@layer a, b; @layer a { @layer b { h3 {} } h1 {} } h2 {} p {}"


def test_what_is_served_waits_for_no_further_sheet():
    folder = collected_static()
    names = json.loads((folder / "staticfiles.json").read_text())["paths"]

    for sheet in ("css/app.css", "css/admin.css"):
        assert "@import" in (ROOT / "static" / sheet).read_text()
        served = (folder / names[sheet]).read_text()
        assert "@import" not in served
        assert (ROOT / "static/css/components/pill.css").read_text() in served
