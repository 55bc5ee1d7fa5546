"""A real browser before a real server with the demo model; what the browser complains of fails the test."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.accessibility import violations
from tests.endpoint import endpoint_in_thread
from tests.oracle import Oracle
from tests.server import ROOT, Server

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PICTURES = ROOT / "var" / "screenshots"
PHONE = 390  # pixels


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
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


class Window:
    """A browser's window of its own user. `complaints` are console errors, page errors and CSP reports."""

    def __init__(self, browser: Browser, server: Server, *, width: int, dark: bool, language: str) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": 844 if width == PHONE else 800},
            has_touch=width == PHONE,
            is_mobile=width == PHONE,
            color_scheme="dark" if dark else "light",
            locale=language,
            reduced_motion="reduce",
        )
        self.complaints: list[str] = []
        self._look = f"{'dark' if dark else 'light'}-{width}{'-zh' if language.startswith('zh') else ''}"
        self.page = self.new_page()

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{self._look}.png")

    def violations(self) -> list[str]:
        """What axe finds wrong on the page."""
        return violations(self.page)

    def sign_up(self, name: str) -> None:
        self.page.goto("/accounts/signup/")
        self.page.locator("[name=username]").fill(name)
        for field in ("password1", "password2"):
            self.page.locator(f"[name={field}]").fill("a sentence nobody guesses")
        self.page.locator("main form button").click()
        self.page.wait_for_url(re.compile(r"/$"))

    def _heard(self, message: ConsoleMessage) -> None:
        # What comes from no address is axe's: it tries inline styles, and the page's policy forbids them.
        if message.type in ("error", "warning") and message.location["url"]:
            self.complaints.append(message.text)


@pytest.fixture(
    params=[(1280, False), (PHONE, False), (1280, True), (PHONE, True)],
    ids=["wide", "phone", "wide-dark", "phone-dark"],
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
