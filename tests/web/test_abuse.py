"""What people write to make a page run or load something of theirs is text on every page: as the server sends it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.test import Client

from tests.abuse import ABUSE, LONGEST, STRINGS
from tests.abuse_combined import FOREIGN, RUN
from tests.abuse_dealt import written
from tests.abuse_pages import covered, names, pages_of, told
from tests.abused import Abused, Person, make

RUNS = re.compile(f"{re.escape(RUN)}|{re.escape(FOREIGN)}")
UNWRITTEN = [
    "Mend.by",
    "SearchTerm.term",
    "Turn.reasoning",
]  # words of the code, words of other texts, and what is not told
ASKED = ("/{}/", "/characters/{}/", "/conversations/{}/", "/admin/{}/", "/?language={}")
OURS = ("/static/", "/admin/jsi18n/")  # addresses of scripts
MARKUP = re.compile(r"<|[\"'].*on\w+=", re.DOTALL)  # is not to come through as it is written


@pytest.fixture
def abused(db: None) -> Abused:
    return make()


class Read(HTMLParser):
    """A page as a browser reads it: the texts, those of fields too, and all that may run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.runs: list[str] = []
        self.feed(page)
        self.close()
        self.text = bare("".join(self.texts))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.runs += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        if tag == "script" and not (dict(attrs).get("src") or "").startswith(OURS):
            self.runs.append(tag)
        self.texts += [value for name, value in attrs if name == "value" and value]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def bare(text: str) -> str:
    """Without white space, which pages may change."""
    return "".join(text.split())


def came_through(answer: Any) -> list[str]:
    """What stands in the page as it was written, and what runs."""
    page = answer.content.decode()
    raw = [f"raw: {each}" for each in STRINGS if MARKUP.search(each) and RUNS.search(each) and each in page]
    return raw + Read(page).runs


def lost(answer: Any, texts: list[str]) -> list[str]:
    """The texts of the page that do not stand there whole; all, where there is no such page."""
    text = Read(answer.content.decode()).text
    return [f"lost: {each}" for each in texts if bare(each) not in text or answer.status_code != 200]


def test_there_is_enough_of_it_and_no_two_are_the_same():
    assert len(set(STRINGS)) == len(STRINGS) >= 300
    assert max(map(len, STRINGS)) <= LONGEST
    assert all(ABUSE.values())


def test_every_text_field_holds_some(abused: Abused):
    models = [
        *apps.get_app_config("characters").get_models(),
        *apps.get_app_config("conversations").get_models(),
    ]
    fields = [(model, field.name) for model in models for field in written(model)]

    holding = {
        f"{model.__name__}.{name}"
        for model, name in fields
        if any(text in STRINGS or set(text.split("\n")) & {*STRINGS} for text in texts_of(model, name))
    }

    assert sorted({f"{model.__name__}.{name}" for model, name in fields} - holding) == UNWRITTEN


def texts_of(model: Any, name: str) -> list[str]:
    return [text for text in model.objects.values_list(name, flat=True).distinct() if text]


@pytest.mark.once
def test_every_address_has_its_place_in_the_table(abused: Abused):
    assert sorted(covered(abused)) == sorted(names())


@pytest.mark.once
@pytest.mark.parametrize("who", ["visitor", "reader", "operator"])
def test_every_page_shows_it_as_text(client: Client, abused: Abused, who: str):
    person: Person | None = getattr(abused, who, None)
    if person:
        client.force_login(person.user)
    pages = pages_of(abused, person)

    answers = {address: client.get(address) for address in pages}

    faults = {at: came_through(answer) + lost(answer, pages[at]) for at, answer in answers.items()}
    assert {at: found for at, found in faults.items() if found} == {}
    assert {answer.status_code for answer in answers.values()} == {200}


@pytest.mark.once
def test_an_address_does_not_come_through_either(client: Client, abused: Abused):
    client.force_login(abused.operator.user)
    some = [quote(each, safe="") for each in STRINGS if RUNS.search(each)][::9]
    addresses = [place.format(each) for place in ASKED for each in some]

    answers = {address: client.get(address, follow=True) for address in addresses}

    faults = {address: came_through(answer) for address, answer in answers.items()}
    assert {address: found for address, found in faults.items() if found} == {}
    assert {answer.status_code for answer in answers.values()} <= {200, 404}


@pytest.mark.once
def test_what_a_page_is_told_is_not_taken_for_a_page(client: Client, abused: Abused):
    client.force_login(abused.reader.user)

    for address in told(abused.reader):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/json"
        assert answer["X-Content-Type-Options"] == "nosniff"
