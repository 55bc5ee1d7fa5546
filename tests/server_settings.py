"""The project's settings for a server under test: a folder of its own, made by tests.server."""

import os
from pathlib import Path

from roleplay.settings import *  # noqa: F403
from roleplay.settings import DATABASES

VAR_DIR = Path(os.environ["TEST_FOLDER"])
STATIC_ROOT = Path(os.environ["TEST_STATIC"])
DATABASES["default"]["NAME"] = VAR_DIR / "db.sqlite3"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
