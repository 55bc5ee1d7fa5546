"""The gallery: pages by key, chips and a search that work together, and nobody who is not to be seen."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from characters.models import Character, Picture
from roleplay.web.views.gallery import A_PAGE
from tests.cast import let_write, make_user

Make = Callable[..., Character]


@pytest.fixture
def make(db: None) -> Make:
    """One more character, of the public unless said otherwise."""

    def made(name: str = "Mira", **fields: object) -> Character:
        return Character.objects.create(
            **{
                "slug": f"c-{Character.objects.count()}",
                "name": name,
                "visibility": "public",
                **fields,
            }
        )

    return made


@pytest.fixture
def cleo(db: None) -> User:
    """An author."""
    cleo = make_user("cleo")
    let_write(cleo)
    return cleo


def names(client: Client, **asked: str | int) -> list[str]:
    """In the order in which the page shows them."""
    return [each.name for each in client.get("/", asked).context["characters"]]


def shown(client: Client, **asked: str | int) -> str:
    return client.get("/", asked).content.decode()


def href(**asked: str | int) -> str:
    return f'href="/?{urlencode(asked)}"'.replace("&", "&amp;")


def test_the_newest_stand_first(client: Client, make: Make):
    for name in ("Ada", "Ben", "Mira"):
        make(name)

    assert names(client) == ["Mira", "Ben", "Ada"]


def test_what_is_on_a_page_leads_to_the_next_and_back(client: Client, make: Make):
    made = [make(f"Mira {number}") for number in range(2 * A_PAGE)]
    edge = made[A_PAGE].pk

    first, second = names(client), names(client, before=edge)

    assert first + second == [each.name for each in reversed(made)]
    assert href(before=edge) in shown(client)
    assert "Back to the newest" not in shown(client)
    assert 'href="/"' in shown(client, before=edge)
    assert "Back to the newest" in shown(client, before=edge)
    assert "More characters</a>" not in shown(client, before=edge)


def test_links_keep_language_and_query(client: Client, make: Make):
    made = [make("灯塔", language="zh") for _ in range(A_PAGE + 1)]
    edge = made[1].pk

    page = shown(client, q="灯", language="zh")
    later = shown(client, q="灯", language="zh", before=edge)

    assert href(q="灯", language="zh", before=edge) in page
    assert href(q="灯", language="en") in page
    assert href(q="灯") in page
    assert href(q="灯", language="zh") in later
    assert href(q="灯", language="en") in later
    assert '<input type="hidden" name="language" value="zh">' in later


@pytest.mark.parametrize("before", ["", "x", "-1", "0", "1.5", "١", "9" * 40, "0x10", " 1"])
def test_a_key_that_cannot_be_one_is_ignored(before: str, client: Client, make: Make):
    make()

    assert names(client, before=before) == ["Mira"]


def test_behind_the_last_is_a_way_back(client: Client, make: Make):
    edge = make("Mira 灯").pk

    page = shown(client, before=edge, q="灯")

    assert "Those were all." in page
    assert href(q="灯") + ">Back to the newest" in page


def test_a_language_alone_and_with_a_query(client: Client, make: Make):
    make("Mira", tagline="Lights 灯", language="en")
    make("阿绯", tagline="夜里学着点灯", language="zh")
    make("知秋", language="zh")

    assert names(client, language="zh") == ["知秋", "阿绯"]
    assert names(client, q="灯") == ["阿绯", "Mira"]
    assert names(client, q="灯", language="zh") == ["阿绯"]
    assert names(client, q="灯", language="xx") == ["阿绯", "Mira"]


def test_a_search_that_finds_nobody_says_so_and_shows_a_way_on(client: Client, make: Make):
    make()

    page = shown(client, q="xylophone", language="en")

    assert "Nobody here answers to these words." in page
    assert 'href="/">See all characters' in page
    assert 'value="xylophone"' in page


def test_a_query_is_shown_as_it_was_written_and_never_as_markup(client: Client, make: Make):
    make()

    assert 'value="&lt;b&gt; &quot;mira"' in shown(client, q=' <b> "mira')


def test_a_query_without_a_word_is_none(client: Client, make: Make):
    make()

    assert names(client, q="  ") == ["Mira"]
    assert names(client, q="!") == []


def test_of_a_query_a_hundred_letters_count(client: Client, make: Make):
    make()

    assert names(client, q="mira " + "x" * 95) == []
    assert names(client, q="mira" + " " * 96 + "xylophone") == ["Mira"]
    assert names(client, q="\0mira\0") == ["Mira"]


@pytest.mark.parametrize("visibility", ["private", "unlisted"])
def test_who_is_not_public_is_neither_listed_nor_found(
    visibility: str, client: Client, ada: User, cleo: User, make: Make
):
    make("Mira", visibility=visibility, owner=ada)

    for reader in (None, cleo, ada):
        if reader:
            client.force_login(reader)
        for asked in ({}, {"q": "mira"}, {"language": "en"}, {"mine": "1"}, {"mine": "1", "q": "mira"}):
            assert names(client, **asked) == []


def test_an_author_finds_all_of_his_own(client: Client, ada: User, cleo: User, make: Make):
    make("Mira", owner=cleo, visibility="private")
    make("Juno", owner=cleo, visibility="unlisted", language="zh")
    make("Ottoline", owner=cleo)
    make("Ben", owner=ada)
    make("Tobias")
    client.force_login(cleo)

    page = shown(client, mine="1")

    assert names(client, mine="1") == ["Ottoline", "Juno", "Mira"]
    assert names(client, mine="1", q="mira") == ["Mira"]
    assert names(client) == ["Tobias", "Ben", "Ottoline"]
    assert (page.count(">Private</span>"), page.count(">Unlisted</span>")) == (1, 1)
    assert '<input type="hidden" name="mine" value="1">' in page
    assert "Private" not in shown(client)


def test_yours_is_offered_to_those_who_write(client: Client, ada: User, cleo: User, make: Make):
    make()

    visitors = shown(client)
    client.force_login(ada)
    readers = shown(client)
    client.force_login(cleo)
    authors = shown(client)

    assert ["Yours</a>" in page for page in (visitors, readers, authors)] == [False, False, True]


def test_an_author_who_has_written_nobody_is_told_so(client: Client, cleo: User):
    client.force_login(cleo)

    assert "You have written nobody yet." in shown(client, mine="1")
    assert "Nobody lives here yet." in shown(client)


ASKED = [{}, {"q": "mira"}, {"q": "mira 灯"}, {"language": "en"}, {"mine": "1"}, {"mine": "1", "q": "mira"}]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_page_asks_the_database_as_often_however_many_there_are(
    asked: dict[str, str], client: Client, cleo: User, make: Make
):
    def more(number: int) -> None:
        for _ in range(number):
            picture = Picture.objects.create(sha256=f"{Picture.objects.count():064}", data=b"a picture")
            make("Mira", tagline="点灯", owner=cleo, picture=picture, tags=["Kind"])

    client.force_login(cleo)
    more(2)
    client.get("/", asked)

    with CaptureQueriesContext(connection) as of_few:
        few = client.get("/", asked)
    more(2 * A_PAGE)
    with CaptureQueriesContext(connection) as of_many:
        many = client.get("/", asked)

    assert (len(few.context["characters"]), len(many.context["characters"])) == (2, A_PAGE)
    assert len(of_many) == len(of_few)
    assert not any("COUNT(*)" in each["sql"] and "LIMIT" not in each["sql"] for each in of_many)
    assert not any("description" in each["sql"] for each in of_many)
