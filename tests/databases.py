"""A database of its own for each server under test: a file of SQLite, or, where DATABASE_URL says so, of PostgreSQL."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

_GIVEN = os.environ.get("DATABASE_URL", "").strip()
ON_POSTGRES = _GIVEN.startswith("postgres")


def url_of(folder: Path) -> str:
    """The address of the one database that belongs to a folder."""
    if ON_POSTGRES:
        name = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
        return urlsplit(_GIVEN)._replace(path=f"/server_{name}").geturl()
    return f"sqlite:///{quote(str(folder / 'db.sqlite3'))}"


def create(url: str, *, template: str | None = None) -> None:
    """Makes it as the template is, else empty. What was there before is gone."""
    drop(url)
    if ON_POSTGRES:
        like = SQL(" TEMPLATE {}").format(_name(template)) if template else SQL("")
        _administer(SQL("CREATE DATABASE {}").format(_name(url)) + like)
    elif template:
        shutil.copy(_file(template), _file(url))


def drop(url: str) -> None:
    """Also while somebody is connected: a server that was killed may seem to be."""
    if ON_POSTGRES:
        _administer(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_name(url)))
    else:
        for file in _file(url).parent.glob(f"{_file(url).name}*"):
            file.unlink()


def _administer(statement: SQL | psycopg.sql.Composed) -> None:
    with psycopg.connect(_GIVEN, autocommit=True) as connection:
        connection.execute(statement)


def _name(url: str) -> Identifier:
    return Identifier(urlsplit(url).path[1:])


def _file(url: str) -> Path:
    return Path(unquote(urlsplit(url).path[1:]))
