"""A reader writes a book of his world and somebody to be, and takes both into a conversation."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, Locator, expect

from tests.browser.window import HANDS, Window
from tests.server import Server


@HANDS
def test_a_book_and_a_persona_are_written_and_taken_into_a_conversation(
    look: dict[str, Any], chromium: Browser, server: Server
):
    window = Window(chromium, server, **look)
    page = window.page
    window.sign_up(f"juno-{uuid4().hex[:6]}")

    page.goto("/lorebooks/")
    window.press(page.locator(".empty .button"))
    page.locator("[name=title]").fill("The river town")
    window.press(submit(window))
    window.press(page.locator(".empty .button"))
    page.locator("[name=keys]").fill("mill, /millers?/i")
    page.locator("[name=content]").fill("The mill burnt down in the year of the flood.")
    window.press(page.locator(".form__more > summary"))
    window.picture("entry")
    assert window.violations() == []
    fits(window)
    page.locator("[name=secondary_keys]").fill("/(?=a)b/")
    window.press(submit(window))
    expect(page.locator(".form__more")).to_have_attribute("open", "")
    expect(page.locator(".field__error")).to_contain_text("invalid perl operator")
    assert window.violations() == []
    page.locator("[name=secondary_keys]").fill("")
    window.press(submit(window))
    expect(page.locator(".row")).to_contain_text("mill, /millers?/i")
    window.press(page.locator(".form__more > summary"))
    window.picture("lorebook")
    assert window.violations() == []
    fits(window)

    page.goto("/persona/")
    window.press(page.locator(".chip--new"))
    page.locator("[name=name]").fill("Captain Rourke")
    window.press(submit(window))
    expect(page.locator(".chip[aria-current]")).to_have_text("Captain Rourke")
    window.picture("persona-other")
    assert window.violations() == []
    fits(window)

    page.goto("/characters/tobias-wren/")
    window.press(page.locator(".button--large"))
    page.wait_for_url(re.compile("/conversations/.+"))
    page.goto(f"{page.url}settings/")
    page.locator("[name=persona]").select_option(label="Captain Rourke")
    window.press(page.locator("[name=lorebooks]"), "Space")
    window.press(page.locator(".form__more > summary"))
    window.picture("settings")
    assert window.violations() == []
    fits(window)
    window.press(submit(window))
    expect(page.locator(".notice")).to_be_visible()
    expect(page.locator("[name=persona] option:checked")).to_have_text("Captain Rourke")
    expect(page.locator("[name=lorebooks]")).to_be_checked()

    window.context.close()
    assert window.complaints == []


def submit(window: Window) -> Locator:
    return window.page.locator("main form.form > [type=submit]")


def fits(window: Window) -> None:
    """Nothing of the page is beyond its right edge."""
    assert window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
