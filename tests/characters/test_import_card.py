"""`manage.py import_card`: what comes in is named, and what does not says why."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from characters.models import Character
from tests.cards import png, png_card, v2, v3, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "mira.png").write_bytes(png_card(v2()))
    (tmp_path / "picture.png").write_bytes(png())
    (tmp_path / "ben.json").write_bytes(
        written(v3(name="Ben", character_book={"entries": [{"keys": ["a"]}]}))
    )
    return tmp_path


def test_they_belong_to_the_house_or_to_a_named_account(
    files: Path, ada: User, capsys: pytest.CaptureFixture[str]
):
    call_command("import_card", files / "mira.png")
    call_command("import_card", files / "ben.json", files / "mira.png", owner="ada")

    assert capsys.readouterr().out == "mira\nben\nmira-2\n"
    assert list(Character.objects.order_by("pk").values_list("slug", "owner")) == [
        ("mira", None),
        ("ben", ada.pk),
        ("mira-2", ada.pk),
    ]
    assert Character.objects.get(slug="ben").lorebooks.get().owner == ada


def test_a_bad_file_keeps_no_other_out(files: Path):
    out, err = StringIO(), StringIO()
    names = ["picture.png", "nowhere.png", "mira.png"]

    with pytest.raises(CommandError, match="2 of 3 files did not come in"):
        call_command("import_card", *(files / name for name in names), stdout=out, stderr=err)

    assert out.getvalue() == "mira\n"
    first, second = err.getvalue().splitlines()
    assert first == f"{files / 'picture.png'}: There is no card in the picture."
    assert second == f"{files / 'nowhere.png'}: No such file or directory."


def test_an_unknown_owner_is_said_and_nothing_done(files: Path):
    with pytest.raises(CommandError, match="There is no account of the name nobody."):
        call_command("import_card", files / "mira.png", owner="nobody")
    assert not Character.objects.exists()
