"""The demo model goes on from any text that it is given."""

from __future__ import annotations

import pytest

from roleplay.providers.demo import continuation, voice
from tests.providers.demo_cast import BOTH, SAID, ask


@BOTH
def test_every_beginning_goes_on_to_the_whole_reply(sheet):
    reply = voice.reply(ask(sheet, SAID[sheet.language][1]))

    for at in range(len(reply) + 1):
        saved = reply[:at].rstrip()
        assert saved + continuation.rest(reply, saved) == reply


@BOTH
@pytest.mark.parametrize(
    "prefix",
    [
        "*",
        '"',
        "“",
        "Well, ",
        "嗯，",
        "*She smiles",
        "*She smiles.*",
        '"Well, I',
        "“我",
        'Mira: "No."',
        "Mira says 🙂",
    ],
)
def test_another_beginning_goes_on_to_one_and_the_same_text(sheet, prefix):
    reply = voice.reply(ask(sheet, SAID[sheet.language][1]))
    whole = prefix + continuation.rest(reply, prefix)

    assert len(whole) > len(reply) / 2
    assert whole.count("*") % 2 == 0
    assert whole.count('"') % 2 == 0
    assert whole.count("“") == whole.count("”")
    for at in range(len(prefix) + 1, len(whole) + 1):
        saved = whole[:at].rstrip()
        assert saved + continuation.rest(reply, saved) == whole


@BOTH
def test_an_edited_text_goes_on_where_it_leaves_the_reply(sheet):
    reply = voice.reply(ask(sheet, SAID[sheet.language][1]))
    edited = "X" + reply[1 : len(reply) // 2].rstrip()

    assert edited + continuation.rest(reply, edited) == "X" + reply[1:]


@pytest.mark.parametrize(
    "text", ["One two  three,\n\nfour 🙂👩‍🚀!", "旧钥匙，在哪里？ はい Grüße 🙂", "", "  "]
)
def test_pieces_make_up_the_text(text):
    assert "".join(continuation.pieces(text)) == text
