"""The project's settings for a server under test: a folder and a database of its own, made by tests.server."""

import os
from pathlib import Path

from roleplay.settings import *  # noqa: F403

VAR_DIR = Path(os.environ["TEST_FOLDER"])
STATIC_ROOT = Path(os.environ["TEST_STATIC"])
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if layer := os.environ.get("TEST_LAYER"):
    CHANNEL_LAYERS = {"default": {"BACKEND": layer}}
