"""Static files under hashed names, compressed; our style sheets hold those that they import; imports between ES modules
are rewritten to the hashed names.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from re import Match
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from servestatic.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import "([^"]+)"(?: layer\((\w+)\))?;')


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        whole = {
            name: (WholeSheets(storage) if name.endswith(".css") else storage, path)
            for name, (storage, path) in paths.items()
        }
        yield from super().post_process(whole, dry_run=dry_run, **options)


class WholeSheets:
    """A storage's style sheets, each with those that it imports in their places: a page waits for one answer instead of
    one for each. That is `@import "name.css"`, with a layer or without; others stay as they are.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def open(self, path: str) -> ContentFile[bytes]:
        return ContentFile(self._whole(path).encode())

    def _whole(self, path: str) -> str:
        def imported(found: Match[str]) -> str:
            sheet = self._whole(posixpath.join(posixpath.dirname(path), found[1]))
            return f"@layer {found[2]} {{\n{sheet}}}" if found[2] else sheet

        with self._storage.open(path) as file:
            return IMPORT.sub(imported, file.read().decode())
