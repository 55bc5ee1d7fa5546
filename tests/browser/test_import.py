"""Cards are dropped onto the gallery, or chosen on a page: each file's fate is told, and a bad one keeps none out."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.window import PHONE, Window
from tests.cards import png, png_card, v2, written
from tests.server import Server

BOOK = written({"entries": {"0": {"uid": 0, "key": ["river"], "content": "It moves."}}})
LOOKS = pytest.mark.parametrize(
    ("width", "dark", "language"), [(1280, False, "en"), (PHONE, True, "zh-CN"), (1280, True, "en")]
)
DROPPED = """(files) => {
    const dropped = new DataTransfer();
    for (const [name, content] of files) {
        const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
        dropped.items.add(new File([bytes], name));
    }
    for (const type of ["dragenter", "dragover", EVENT]) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: dropped, bubbles: true, cancelable: true }));
    }
}"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("import")) as server:
        yield server


@pytest.fixture(scope="module")
def cookies(chromium: Browser, own: Server) -> list[dict[str, object]]:
    """Of the first account of the server: its operator, who writes."""
    window = Window(chromium, own, width=1280, dark=False, language="en")
    window.sign_up("author")
    kept = window.context.cookies()
    window.context.close()
    return [{"name": each["name"], "value": each["value"], "url": own.url} for each in kept]


def opened(
    chromium: Browser, own: Server, cookies: list[dict[str, object]], width: int, dark: bool, language: str
) -> Window:
    window = Window(chromium, own, width=width, dark=dark, language=language)
    window.context.add_cookies(cookies)  # type: ignore[arg-type]
    return window


def drag(window: Window, *files: tuple[str, bytes], end: str = "drop") -> None:
    """Files are held over the page, and dropped."""
    encoded = [[name, base64.b64encode(content).decode()] for name, content in files]
    window.page.evaluate(DROPPED.replace("EVENT", f'"{end}"'), encoded)


@LOOKS
def test_cards_that_are_dropped_onto_the_gallery_come_in(
    width: int,
    dark: bool,
    language: str,
    chromium: Browser,
    own: Server,
    cookies: list[dict[str, object]],
):
    window = opened(chromium, own, cookies, width, dark, language)
    page = window.page
    name = f"Mira {uuid4().hex[:6]}"
    page.goto("/")
    window.picture("gallery-import")

    drag(window, ("mira.png", png_card(v2(name=name))), end="dragover")
    expect(page.locator("[data-part=zone]")).to_be_visible()
    window.picture("gallery-drop")
    drag(window, ("mira.png", png_card(v2(name=name))), ("picture.png", png()))

    results = page.locator(".imports__result")
    expect(results).to_have_count(2)
    expect(results.nth(0).get_by_role("link")).to_have_text(name)
    expect(results.nth(1)).to_have_attribute("data-refused", "")
    expect(results.nth(1)).to_contain_text("picture.png")
    expect(page.get_by_role("status")).to_contain_text("1")
    expect(page.locator("[data-part=zone]")).to_be_hidden()
    window.picture("gallery-imported")
    assert window.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("[data-part=again] a").click()
    expect(results).to_have_count(0)

    window.context.close()
    assert window.complaints == []


@LOOKS
@pytest.mark.parametrize("address", ["/import/", "/admin/characters/character/import/"])
def test_files_that_are_chosen_come_in_one_by_one(
    address: str,
    width: int,
    dark: bool,
    language: str,
    chromium: Browser,
    own: Server,
    cookies: list[dict[str, object]],
    tmp_path: Path,
):
    window = opened(chromium, own, cookies, width, dark, language)
    page = window.page
    kind = "desk-" if "admin" in address else ""
    named = {
        f"River {uuid4().hex[:6]}.json": BOOK,
        "picture.png": png(),
        "large.png": b"\x89PNG" + bytes(11 << 20),
    }
    for file, content in named.items():
        (tmp_path / file).write_bytes(content)
    page.goto(address)
    window.picture(f"{kind}import")
    assert window.violations() == []

    page.locator("[type=file]").set_input_files([tmp_path / file for file in named])
    window.press(page.locator("import-files [type=submit]"))

    results = page.locator(".imports__result")
    expect(results).to_have_count(3)
    expect(results.nth(0).get_by_role("link")).to_contain_text("River")
    expect(page.locator(".imports__result[data-refused]")).to_have_count(2)
    expect(results.nth(2)).to_contain_text("10 MB")
    window.picture(f"{kind}imported")
    assert window.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    window.context.close()
    assert window.complaints == []


def test_a_reader_without_scripts_brings_in_a_lorebook(chromium: Browser, own: Server, tmp_path: Path):
    context = chromium.new_context(base_url=own.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/signup/")
    page.locator("[name=username]").fill(f"juno-{uuid4().hex[:6]}")
    for field in ("password1", "password2"):
        page.locator(f"[name={field}]").fill("a sentence nobody guesses")
    page.locator("main form button").click()
    (tmp_path / "River.json").write_bytes(BOOK)
    page.goto("/lorebooks/")

    page.get_by_role("link", name="Import a lorebook").click()
    page.locator("[type=file]").set_input_files(tmp_path / "River.json")
    page.get_by_role("button", name="Import").click()

    expect(page.locator(".imports__result")).to_have_count(1)
    page.locator(".imports__result").get_by_role("link").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export for SillyTavern").click()
    assert download.value.suggested_filename == "river.json"
    context.close()
