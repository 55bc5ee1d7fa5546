"""The project's settings for tests: a folder of its own for each run and worker, quick password hashes."""

import os
import tempfile
from pathlib import Path

for _name in [name for name in os.environ if name.startswith("LLM_") or name == "MOONSHOT_API_KEY"]:
    del os.environ[_name]

from roleplay.settings import *  # noqa: E402, F403
from roleplay.settings import DATABASES, STORAGES  # noqa: E402

_folder = Path(tempfile.mkdtemp(prefix="roleplay-test-"))

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = _folder / "static"
STATIC_ROOT.mkdir()
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": _folder / "test.sqlite3"}
