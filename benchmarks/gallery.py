"""What the gallery and its search cost, with few characters and with very many.

python -m benchmarks.gallery    prints milliseconds of each page, on the kind of database that DATABASE_URL names
"""

from __future__ import annotations

import atexit
import sys
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.characters import RARE, characters
from benchmarks.lengths import Ways, measured

FEW, MANY = 100, 20_000  # characters
AT_ONCE = 1000  # characters written
PAGES = {
    "the newest": "/",
    "a later page": "/?before={middle}",
    "one language": "/?language=zh",
    "a word that a quarter have": "/?q=lighthouse",
    "a word that three in a hundred have, or 24": "/?q=harbour",
    "a word that 24 have": "/?q=cartographer",
    "a beginning that all have": "/?q=st",
    "a rare word": f"/?q={RARE}",
    "two words": "/?q=kind+lighthouse",
    "a Chinese word": "/?q=灯塔",
    "a Chinese word, later": "/?q=灯塔&before={middle}",
    "a Chinese sentence": "/?q=独自守着一座灯塔",
    "a Japanese word": "/?q=とう台",
    "a word that is not there": "/?q=xylophone",
    "a Chinese word that is not there": "/?q=鲸鱼",
}


def _ways(length: int) -> Ways:
    """Pages of a site of so many characters; each site has a database of its own."""
    from django.test import Client

    from characters.models import Character

    database = _database(length)
    _fill(length)
    keys = Character.objects.order_by("pk").values_list("pk", flat=True)
    middle = keys[length // 2]
    client = Client(SERVER_NAME="localhost")
    return {name: _page(client, database, page.format(middle=middle)) for name, page in PAGES.items()}


def _page(client: Any, database: Any, address: str) -> Callable[[int], object]:
    from django.db import connections

    def opened(_: int) -> object:
        connections["default"] = database
        answer = client.get(address)
        assert answer.status_code == 200
        return answer

    opened(0)  # connects
    return opened


def _database(length: int) -> Any:
    """An empty database, which is the default one from here on."""
    import environ
    from django.core.management import call_command
    from django.db import connections

    from tests import databases

    url = databases.url_of(Path(tempfile.mkdtemp(prefix="roleplay-bench-")))
    databases.create(url)
    atexit.register(databases.drop, url)
    known = connections["default"].settings_dict
    options = {name: value for name, value in known["OPTIONS"].items() if name != "pool"}
    settings = {**known, "NAME": environ.Env.db_url_config(url)["NAME"], "OPTIONS": options}
    connections["default"] = type(connections["default"])(settings, "default")
    call_command("migrate", verbosity=0)
    return connections["default"]


def _fill(length: int) -> None:
    from django.db import connection

    from characters.models import Character, SearchTerm
    from characters.terms import terms_of

    cast = characters(length)
    while batch := list(islice(cast, AT_ONCE)):
        made = Character.objects.bulk_create(Character(**fields) for fields in batch)
        SearchTerm.objects.bulk_create(
            SearchTerm(term=term, character=each)
            for each in made
            for term in terms_of(each.name, each.tagline, each.creator, *each.tags)
        )
    with connection.cursor() as cursor:
        for tidied in ("VACUUM", "ANALYZE"):
            cursor.execute(tidied)


if __name__ == "__main__":
    sys.exit(measured(_ways, short=FEW, long=MANY, of="characters"))
