"""What people write to make a page run or load something of theirs is text on every page: as a browser shows it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.abuse_watch import Watch
from tests.browser.conftest import Window
from tests.endpoint import Endpoint, endpoint_in_thread
from tests.server import ROOT, Server

TELL = "from tests.abuse_pages import tell; tell()"
People = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    with endpoint_in_thread() as model:
        yield model


@pytest.fixture(scope="module")
def abused(tmp_path_factory: pytest.TempPathFactory, model: Endpoint) -> Iterator[tuple[Server, People]]:
    """A site whose people write nothing but abuse, made while it is closed; and their sessions and pages."""
    settings = {"LLM_BASE_URL": model.url, "LLM_API_KEY": "a-key"}
    with Server(tmp_path_factory.mktemp("abused"), **settings) as server:
        server.stop()
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", TELL]
        made = subprocess.run(command, cwd=ROOT, env=server.environment, check=True, stdout=subprocess.PIPE)
        server.start()
        yield server, json.loads(made.stdout)


@pytest.fixture
def watch_of(chromium: Browser, abused: tuple[Server, People]) -> Iterator[Any]:
    """The window of one of the people, watched."""
    with ExitStack() as stack:

        def opened(who: str) -> tuple[Watch, dict[str, Any]]:
            server, people = abused
            window = Window(chromium, server, width=1280, dark=False, language="en")
            stack.callback(window.context.close)
            if session := people[who]["session"]:
                window.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
            return Watch(window), people[who]

        yield opened


def bare(text: str) -> str:
    """Without white space, which pages may change."""
    return "".join(text.split())


@pytest.mark.parametrize("who", ["visitor", "reader", "operator"])
def test_every_page_shows_it_as_text(watch_of: Any, who: str):
    watch, person = watch_of(who)
    faults = {}

    for address, texts in person["pages"].items():
        watch.page.goto(address)
        wrong, text = watch.look()
        shown = bare(text)
        lost = [f"lost: {each[:80]}" for each in texts if bare(each) not in shown]
        if found := wrong + lost + watch.too_wide():
            faults[address] = found

    assert faults == {}
