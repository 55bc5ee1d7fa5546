"""Archives: what is in a zip file, or in one behind a picture, as far as it is safe to unpack."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from characters.cards.limits import MOST_FILES, MOST_UNPACKED, CardError

SIGNATURE = b"PK\x03\x04"
MOST_DIRECTORY = 1024 * 1024  # bytes of the list of contents
_END = struct.Struct("<4s4H2LH")
_WHEN = (1980, 1, 1, 0, 0, 0)  # the same contents make the same file
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)


def unpacked(file: bytes) -> dict[str, bytes]:
    """Each file in it by its path. Raises CardError."""
    _check_directory(file)
    files: dict[str, bytes] = {}
    room = MOST_UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(file)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES:
                raise CardError(_("The archive holds more than 200 files."))
            for entry in entries:
                if entry.is_dir():
                    continue
                if entry.flag_bits & 1:
                    raise CardError(_("The archive is locked by a password."))
                path = _safe(entry.filename)
                with archive.open(entry) as packed:
                    content = packed.read(room + 1)
                room -= len(content)
                if room < 0:
                    raise CardError(_("Unpacked, the archive has more than 50 MB."))
                if content.startswith(SIGNATURE):
                    raise CardError(_("There is an archive within the archive."))
                files[path] = content
    except _BROKEN as error:
        raise CardError(_("The archive is damaged or cut short.")) from error
    return files


def packed(files: Mapping[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path, _WHEN), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _check_directory(file: bytes) -> None:
    """Before the list of contents is read, for that alone may take long."""
    at = file.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(file):
        raise CardError(_("The archive is damaged or cut short."))
    _mark, _disk, _first, _here, number, size, _offset, _comment = _END.unpack_from(file, at)
    if number > MOST_FILES or size > MOST_DIRECTORY:
        raise CardError(_("The archive holds more than 200 files."))


def _safe(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or "\0" in name or ":" in path.parts[0]:
        raise CardError(_("A file in the archive has a path that leads out of it."))
    return str(path)
