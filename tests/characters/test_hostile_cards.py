"""Files that are made to harm, and files that are damaged: each is refused with a sentence, and nothing of it is kept."""

from __future__ import annotations

import random
import resource
import struct
import zlib
from collections.abc import Callable
from functools import cache

import pytest

from characters.cards.importing import imported
from characters.cards.limits import DEEPEST, MOST_BYTES, MOST_JSON, CardError
from characters.models import Character, Picture
from tests.cards import charx, chunk, jpeg, png, png_card, text_chunk, v2, v3, written

pytestmark = pytest.mark.django_db

MOST_MEMORY = 256 * 1024  # KiB


@cache
def bomb() -> bytes:
    return zlib.compress(b"\0" * 300_000_000)


def nested(depth: int) -> bytes:
    return b'{"name": "Mira", "first_mes": "Hm?", "x": ' + b"[" * depth + b"]" * depth + b"}"


def many_files(number: int) -> bytes:
    return charx(v3(), {f"{at}.txt": b"" for at in range(number)})


def locked() -> bytes:
    file = bytearray(charx(v3()))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        file[file.find(mark) + at] |= 1
    return bytes(file)


def overlong() -> bytes:
    """A list of contents that says it is short, and is not."""
    file = bytearray(many_files(5000))
    struct.pack_into("<HH", file, file.rfind(b"PK\x05\x06") + 8, 1, 1)
    return bytes(file)


YAML = b"name: Mira\ngreeting: Hm?\n"


def laughs() -> bytes:
    """Nine lists, each of nine of the one before."""
    lists = (b"l%d: &l%d [%s]\n" % (at, at, b", ".join([b"*l%d" % (at - 1)] * 9)) for at in range(1, 10))
    return b"l0: &l0 [ha]\n" + b"".join(lists)


HOSTILE = {
    "too large": (lambda: b"{" * (MOST_BYTES + 1), "larger than 10 MB"),
    "a huge picture": (lambda: png(before=text_chunk("chara", v2()), size=(60_000, 60_000), data=b"x"), "4096 x 4096"),
    "a text that unpacks to too much": (lambda: png(before=chunk(b"zTXt", b"chara\0\0" + bomb())), "no proper JSON"),
    "an international one": (lambda: png(before=chunk(b"iTXt", b"chara\0\1\0\0\0" + bomb())), "no proper JSON"),
    "a damaged packed text": (lambda: png(before=chunk(b"zTXt", b"chara\0\0x")), "no proper JSON"),
    "no base64": (lambda: png(before=text_chunk("chara", b"a")), "The text of the card is damaged"),
    "a cut picture": (lambda: png_card(v2())[:-20], "cut short"),
    "a cut chunk": (lambda: png_card(v2())[:60], "cut short"),
    "no image data": (
        lambda: b"\x89PNG\r\n\x1a\n" + text_chunk("chara", v2()) + chunk(b"IEND", b""),
        "not a picture|damaged",
    ),
    "too long a text": (lambda: written(v2(description="x" * MOST_JSON)), "longer than 2 MB"),
    "too deep": (lambda: nested(DEEPEST), "nested more than 32 times"),
    "far too deep": (lambda: nested(500_000), "nested more than 32 times"),
    "no UTF-8": (lambda: b'{"name": "\xff", "first_mes": ""}', "not in UTF-8"),
    "no JSON": (lambda: b'{"name": }', "no proper JSON"),
    "endless digits": (lambda: b'{"name": "M", "first_mes": "", "x": ' + b"9" * 10_000 + b"}", "no proper JSON"),
    "a zip bomb": (lambda: charx(v3(), {"a": b"\0" * 60_000_000}), "more than 50 MB"),
    "many files": (lambda: many_files(201), "more than 200 files"),
    "more files than it says": (lambda: overlong(), "more than 200 files|damaged"),
    "a path out of it": (lambda: charx(v3(), {"../../etc/passwd": b"x"}), "leads out of it"),
    "an absolute path": (lambda: charx(v3(), {"/etc/passwd": b"x"}), "leads out of it"),
    "a path of Windows": (lambda: charx(v3(), {"C:\\x": b"x"}), "leads out of it"),
    "an archive within": (lambda: charx(v3(), {"more.zip": charx(v3())}), "archive within the archive"),
    "a locked archive": (lambda: locked(), "locked by a password"),
    "a cut archive": (lambda: charx(v3())[:-30], "damaged or cut short"),
    "a JPEG with half an archive": (lambda: jpeg() + charx(v3())[:60], "damaged or cut short"),
    "a script": (lambda: b"<script>alert(1)</script>", "This is no card"),
    "an alias of YAML": (lambda: YAML + b"a: &a [x]\nb: *a\n", "anchors or aliases"),
    "a billion laughs": (lambda: YAML + laughs(), "anchors or aliases"),
    "an object of Python": (lambda: YAML + b"a: !!python/object/apply:os.system [ls]\n", "types of its own"),
    "a type of one's own": (lambda: YAML + b"a: !x 1\n", "types of its own"),
    "bytes": (lambda: YAML + b"a: !!binary aGk=\n", "types of its own"),
    "YAML that is too deep": (lambda: YAML + b"a: " + b"[" * 32 + b"]" * 32, "nested more than 32 times"),
    "YAML that is far too deep": (lambda: YAML + b"a: " + b"[" * 1_000_000, "nested more than 32 times"),
    "YAML with too many parts": (lambda: YAML + b"a:\n" + b"- x\n" * 400_000, "too many parts"),
    "too long a YAML": (lambda: YAML + b"a: " + b"x" * MOST_JSON, "longer than 2 MB"),
    "cut YAML": (lambda: YAML + b'a: "x', "no proper YAML"),
    "a mapping as a key": (lambda: YAML + b"? {a: b}\n: c\n", "no proper YAML"),
    "two documents": (lambda: YAML + b"---\n" + YAML, "more than one YAML document"),
    "YAML that is no UTF-8": (lambda: YAML + b"a: \xff\n", "not in UTF-8"),
    "control characters": (lambda: YAML + b"a: \x07\n", "no proper YAML"),
    "YAML in an archive": (lambda: charx(None, {"card.yaml": YAML + laughs()}), "anchors or aliases"),
    "many greetings": (lambda: written(v2(alternate_greetings=["a"] * 5000)), "more than 1000 greetings"),
    "many entries": (lambda: written(v2(character_book={"entries": [{}] * 5001})), "more than 5000 entries"),
    "a picture in name alone": (lambda: b"\x89PNG\r\n\x1a\n<html>", "cut short"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_it_is_refused_with_a_sentence(file: Callable[[], bytes], sentence: str):
    with pytest.raises(CardError, match=sentence):
        imported(file(), name="card")

    assert not Character.objects.exists()
    assert not Picture.objects.exists()


def test_a_picture_is_unpacked_as_far_as_it_is_large():
    character = imported(png(before=text_chunk("chara", v2()), size=(4096, 4096), data=bomb()))

    assert character.picture


def test_numbers_that_no_database_holds_are_let_go():
    character = imported(b'{"name": "M\\u0000ira", "first_mes": "\\ud83d", "x": [NaN, 1e999, -Infinity]}')

    character.refresh_from_db()
    assert character.card == {"name": "Mira", "first_mes": "\ufffd", "x": [None, None, None]}


def test_damaged_files_are_read_or_refused_and_nothing_else():
    chance = random.Random(4)
    archive = charx(v3(), {"assets/a.png": png()})
    whole = (png_card(v2()), png_card(v3(), "ccv3"), written(v3()), archive, YAML * 4)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read = 0
    for number in range(300):
        try:
            imported(_damaged(chance, whole[number % len(whole)]))
            read += 1
        except CardError as error:
            assert error.sentence.endswith(".")

    assert 0 < read < 300
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY


def _damaged(chance: random.Random, file: bytes) -> bytes:
    """With bytes turned round, cut out, or repeated."""
    made = bytearray(file)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(made))
        match chance.choice(["turn", "cut", "repeat", "end"]):
            case "turn":
                made[at] ^= 1 << chance.randrange(8)
            case "cut":
                del made[at : at + chance.randint(1, 40)]
            case "repeat":
                made[at:at] = made[at : at + chance.randint(1, 40)]
            case "end":
                del made[max(at, 20) :]
    return bytes(made)
