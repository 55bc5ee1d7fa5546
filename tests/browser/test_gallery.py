"""The gallery is searched by its tab, by keyboard alone, and in both languages; at both widths, by day and by night."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.window import Window


def test_a_reader_searches_and_finds_the_way_back(window: Window):
    page = window.page
    window.sign_up(f"juno-{uuid4().hex[:6]}")
    cards, field = page.locator(".card"), page.get_by_role("searchbox")
    tab = page.locator(".tabs").get_by_role("link", name="Search")
    everybody = cards.count()

    if tab.is_visible():
        page.goto("/conversations/")
        tab.click()
        expect(field).to_be_focused()
        expect(field).to_be_in_viewport(ratio=1)
    field.fill("茶馆")
    field.press("Enter")

    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("沈知秋")
    expect(field).to_have_value("茶馆")
    window.picture("gallery-found")
    assert window.violations() == []
    page.get_by_role("link", name="English").click()
    expect(cards).to_have_count(0)
    expect(page.locator(".empty")).to_contain_text("Nobody here answers to these words.")
    window.picture("gallery-found-nobody")
    assert window.violations() == []
    page.get_by_role("link", name="See all characters").click()
    expect(cards).to_have_count(everybody)
    expect(field).to_have_value("")
