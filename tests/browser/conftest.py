"""A real browser before a real server with the demo model; what the browser complains of fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests import needs
from tests.browser.window import PHONE, Window
from tests.endpoint import endpoint_in_thread
from tests.oracle import Oracle
from tests.server import Server

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PATIENCE = 20_000  # milliseconds that an expectation may take to come true

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="session")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose model answers at once."""
    with endpoint_in_thread() as model:
        model.script = Oracle(words=40)
        folder = tmp_path_factory.mktemp("quick")
        with Server(folder, LLM_BASE_URL=model.url, LLM_API_KEY="a-key") as server:
            yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.program(needs.CHROMIUMS), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(
    params=[(1280, False), (PHONE, True)],
    ids=["wide", "phone-dark"],
)
def window(request: pytest.FixtureRequest, chromium: Browser, server: Server) -> Iterator[Window]:
    width, dark = request.param
    window = Window(chromium, server, width=width, dark=dark, language="en")
    yield window
    window.context.close()
    assert window.complaints == []


@pytest.fixture
def wide(chromium: Browser, server: Server) -> Iterator[Window]:
    window = Window(chromium, server, width=1280, dark=False, language="en")
    yield window
    window.context.close()
    assert window.complaints == []
