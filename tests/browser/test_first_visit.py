"""What a person does first: sign up, choose a character, write, read; at both widths, by day and by night."""

from __future__ import annotations

import re
from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.window import Window, finished


def test_a_person_talks_with_a_character(window: Window):
    page = window.page
    page.goto("/accounts/signup/")
    window.picture("sign-up")
    assert window.violations() == []
    window.sign_up(f"juno-{uuid4().hex[:6]}")
    expect(page.get_by_role("heading", name="Who would you like to talk to?")).to_be_visible()
    window.picture("gallery")
    assert window.violations() == []

    page.get_by_role("link", name="Tobias Wren").click()
    window.picture("character")
    assert window.violations() == []
    page.get_by_role("button", name="Start a chat").first.click()
    page.wait_for_url(re.compile("/conversations/.+"))
    window.say("“The letter had your name on it,” I say, “and the ink is still wet.”")

    streaming = page.locator("chat-message[data-state=streaming]")
    expect(streaming.locator("[data-part=text]")).not_to_be_empty()
    window.picture("chat-streaming")
    assert window.violations() == []
    reply = page.locator("chat-message[data-role=assistant]").last
    expect(reply).to_have_attribute("data-state", "finished")
    window.picture("chat")
    assert window.violations() == []
    told = reply.locator("[data-part=text]").inner_text()
    assert len(told) > 80

    page.reload()
    expect(page.locator("chat-message[data-role=assistant]").last.locator("[data-part=text]")).to_have_text(
        told, use_inner_text=True
    )
    for address, name in (("/conversations/", "conversations"), ("/persona/", "persona")):
        page.goto(address)
        window.picture(name)
        assert window.violations() == []


def test_a_draft_survives_a_reload(wide: Window):
    wide.sign_up(f"juno-{uuid4().hex[:6]}")
    page = wide.page
    wide.start_chat("tobias-wren")
    wide.write("A thought that is not")

    page.reload()

    expect(page.get_by_role("textbox")).to_have_value("A thought that is not")


def test_what_is_written_before_the_scripts_have_come_is_kept_and_sent(wide: Window):
    wide.sign_up(f"juno-{uuid4().hex[:6]}")
    page = wide.page
    wide.start_chat("tobias-wren")
    wide.write("I wrote this yesterday.")
    address = page.url

    with wide.reloaded_early():
        page.locator("#write").press_sequentially("And this before you were there.")
        page.locator("message-composer [type=submit]").click(force=True)

    both = "I wrote this yesterday.\nAnd this before you were there."
    expect(page.locator("#write")).to_have_value(both)
    page.locator("message-composer [type=submit]").click()
    finished(wide.message(2))
    assert wide.said()[0] == both
    assert page.url == address


def test_a_reply_is_stopped_by_its_button(wide: Window):
    wide.sign_up(f"juno-{uuid4().hex[:6]}")
    page = wide.page
    wide.start_chat("ilse-marrow")
    wide.say("Tell me about the street that was forgotten tonight.")
    expect(page.locator("chat-message[data-state=streaming] [data-part=text]")).not_to_be_empty()

    page.get_by_role("button", name="Stop").click()

    expect(page.locator("chat-message[data-role=assistant]").last).to_have_attribute("data-state", "stopped")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()


def test_two_windows_show_one_conversation(wide: Window):
    wide.sign_up(f"juno-{uuid4().hex[:6]}")
    page = wide.page
    wide.start_chat("a-fei")
    other = wide.new_page()
    other.goto(page.url)
    expect(other.locator("connection-line")).to_have_attribute("data-state", "open")

    wide.say("灯是你点的吗？")

    for each in (page, other):
        expect(each.locator("chat-message")).to_have_count(3)
        last = each.locator("chat-message").last
        expect(last).to_have_attribute("data-state", "finished")
    texts = [
        each.locator("chat-message").last.locator("[data-part=text]").inner_text() for each in (page, other)
    ]
    assert texts[0] == texts[1] != ""


def test_a_page_reconnects_when_its_server_comes_back(wide: Window, server):
    wide.sign_up(f"juno-{uuid4().hex[:6]}")
    page = wide.page
    wide.start_chat("tobias-wren")
    wide.say("Tell me a long story about the lamp.")
    text = page.locator("chat-message").last.locator("[data-part=text]")
    expect(page.locator("chat-message[data-state=streaming] [data-part=text]")).not_to_be_empty()

    server.kill()
    shown = text.inner_text()
    expect(page.locator("connection-line")).not_to_have_attribute("data-state", "open")
    wide.picture("reconnecting")
    server.start()

    expect(page.locator("chat-message").last).to_have_attribute("data-state", "finished")
    assert text.inner_text().startswith(shown)
    # A browser reports a line that breaks; that alone was expected here.
    wide.complaints[:] = [each for each in wide.complaints if "WebSocket" not in each]
