"""A frame becomes a command, or is told what is wrong with it: whatever a browser says."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.web import commands
from roleplay.web.commands import BadCommand, BadFrame, parse

ID = "4be0643f-1d98-473b-97cd-ca98a65347dd"
CLIENT = "client-1"
LONGEST = "河" * 16_000


def send(**changes: object) -> str:
    return json.dumps({"type": "message.send", "client_id": CLIENT, "text": "Hello.", **changes})


def retry(**changes: object) -> str:
    return json.dumps({"type": "turn.retry", "client_id": CLIENT, "message": ID, **changes})


def about(type: str, **changes: object) -> str:
    return json.dumps({"type": type, "client_id": CLIENT, "message": ID, **changes})


def resume(revision: object) -> str:
    return json.dumps({"type": "resume", "revision": revision})


@pytest.mark.parametrize(
    ("frame", "command"),
    [
        (send(), commands.Send(CLIENT, "Hello.")),
        (send(text="  \n河\t "), commands.Send(CLIENT, "  \n河\t ")),
        (send(text="a\0b\ud83d"), commands.Send(CLIENT, "ab\ufffd")),
        (send(text="\ud83d\ude00"), commands.Send(CLIENT, "\N{GRINNING FACE}")),
        (send(text=LONGEST), commands.Send(CLIENT, LONGEST)),
        (send(text=LONGEST + "\0"), commands.Send(CLIENT, LONGEST)),
        (send(speaker="x", colour=5), commands.Send(CLIENT, "Hello.")),
        (send(client_id="A.b_c-" + "9" * 58), commands.Send("A.b_c-" + "9" * 58, "Hello.")),
        (retry(), commands.Retry(CLIENT, UUID(ID))),
        (retry(message=ID.upper()), commands.Retry(CLIENT, UUID(ID))),
        (about("turn.continue"), commands.GoOn(CLIENT, UUID(ID))),
        (about("message.edit", text="Hm.\0"), commands.Edit(CLIENT, UUID(ID), "Hm.", anew=False)),
        (about("message.edit", text="Hm.", anew=True), commands.Edit(CLIENT, UUID(ID), "Hm.", anew=True)),
        (about("message.edit", text="Hm.", anew=1), commands.Edit(CLIENT, UUID(ID), "Hm.", anew=False)),
        (about("message.delete"), commands.Delete(UUID(ID), from_here=False)),
        (about("message.delete", scope="from_here"), commands.Delete(UUID(ID), from_here=True)),
        (about("message.restore"), commands.Restore(UUID(ID))),
        (about("message.hide"), commands.Hide(UUID(ID), hidden=True)),
        (about("message.hide", hidden=False), commands.Hide(UUID(ID), hidden=False)),
        (about("head.select"), commands.Select(UUID(ID))),
        (about("head.select", here=True), commands.Select(UUID(ID), here=True)),
        ('{"type": "turn.stop"}', commands.Stop()),
        ('{"type": "turn.stop", "client_id": 5}', commands.Stop()),
        (resume(0), commands.Resume(0)),
        (resume(2**31 - 1), commands.Resume(2**31 - 1)),
        (' {"type": "ping"}\n', commands.Ping()),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_frame_becomes_a_command(frame, command):
    assert parse(frame) == command


@pytest.mark.parametrize(
    "frame",
    ["", "ping", "[]", '["ping"]', "null", "5", '"ping"', "{", "{'type': 'ping'}", "[" * 60_000, "\ud83d", "1" * 5000],
    ids=lambda frame: repr(frame[:20]),
)  # fmt: skip
def test_what_is_no_object_is_a_bad_frame(frame):
    with pytest.raises(BadFrame):
        parse(frame)


@pytest.mark.parametrize(
    ("frame", "code", "client_id"),
    [
        ("{}", "unknown_type", None),
        ('{"type": null}', "unknown_type", None),
        ('{"type": ["ping"]}', "unknown_type", None),
        ('{"type": "Ping"}', "unknown_type", None),
        ('{"type": "message.burn"}', "unknown_type", None),
        *(
            (json.dumps({"type": type}), "no_such_message", None)
            for type in ("message.delete", "message.restore", "message.hide", "head.select")
        ),
        (about("turn.continue", client_id=""), "bad_client_id", None),
        (about("turn.continue", message="that one"), "no_such_message", CLIENT),
        (about("message.edit", text=""), "empty", CLIENT),
        (about("message.edit", text=LONGEST + "."), "too_long", CLIENT),
        (about("message.edit", message=7, text="Hm."), "no_such_message", CLIENT),
        (send(client_id=None), "bad_client_id", None),
        (send(client_id="short12"), "bad_client_id", None),
        (send(client_id="9" * 65), "bad_client_id", None),
        (send(client_id="client-1\n"), "bad_client_id", None),
        (send(client_id="客户端客户端客户端"), "bad_client_id", None),
        (send(client_id=12345678), "bad_client_id", None),
        (send(text=None), "bad_text", CLIENT),
        (send(text=["Hello."]), "bad_text", CLIENT),
        (send(text=""), "empty", CLIENT),
        (send(text=" \n\u3000"), "empty", CLIENT),
        (send(text="\0"), "empty", CLIENT),
        (send(text=LONGEST + "."), "too_long", CLIENT),
        (retry(client_id=""), "bad_client_id", None),
        (retry(message=None), "no_such_message", CLIENT),
        (retry(message="x" * 32), "no_such_message", CLIENT),
        (retry(message=5), "no_such_message", CLIENT),
        *((resume(wrong), "bad_revision", None) for wrong in (None, -1, 2**31, 1.0, True, "1", [1])),
        ('{"type": "resume", "revision": NaN}', "bad_revision", None),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_command_that_cannot_be_carried_out_says_why(frame, code, client_id):
    with pytest.raises(BadCommand) as bad:
        parse(frame)

    assert (bad.value.code, bad.value.client_id) == (code, client_id)


any_text = st.text(st.characters(exclude_categories=()))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: st.lists(inner) | st.dictionaries(any_text, inner),
    max_leaves=10,
)
nearly_commands = st.fixed_dictionaries(
    {"type": st.sampled_from(commands.NAMES)},
    optional={
        "client_id": st.just(CLIENT) | json_values,
        "text": any_text | json_values,
        "message": st.just(ID) | json_values,
        "revision": st.integers() | json_values,
    },
)


@given(any_text | (json_values | nearly_commands).map(json.dumps))
@settings(deadline=None, max_examples=300)
def test_whatever_a_browser_says_it_is_a_command_or_known_to_be_bad(frame):
    try:
        command = parse(frame)
    except (BadFrame, BadCommand):
        return

    assert isinstance(command, commands.Command)
    if isinstance(command, commands.Send):
        command.text.encode()
        assert command.text.strip() and "\0" not in command.text


def test_every_command_has_a_name_that_browsers_are_told():
    for name in commands.NAMES:
        try:
            parse(json.dumps({"type": name}))
        except BadCommand as bad:
            assert bad.code != "unknown_type", name
