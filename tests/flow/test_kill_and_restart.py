"""A real server process that is killed, or told to stop, in the middle of a reply."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from tests.endpoint import Endpoint, endpoint_in_thread
from tests.server import NotStarted, Server, Visitor, send, until


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with endpoint_in_thread() as endpoint:
        yield endpoint


@pytest.fixture
def server(tmp_path: Path, endpoint: Endpoint) -> Iterator[Server]:
    with Server(tmp_path, LLM_BASE_URL=endpoint.url, LLM_API_KEY="a-key") as server:
        yield server


@pytest.mark.parametrize("how", ["kill", "stop"])
async def test_a_reply_goes_on_after_the_server_died(how: str, server: Server, endpoint: Endpoint):
    endpoint.say("*He waits*, ", "and 说", " nothing ", endpoint.silence())
    again = endpoint.gate()
    endpoint.say(again, " for a while. ", "“Sit,” he says.")
    with closing(Visitor(server)) as visitor:
        visitor.sign_up("juno")
        conversation = visitor.start_chat("tobias-wren")
        before = await visitor.open(conversation)
        await send(before, "Good evening.")
        shown = ""
        while not shown.endswith("nothing"):
            shown += (await until(before, "reply.delta"))["text"]

        await asyncio.to_thread(getattr(server, how))
        if how == "stop":
            with pytest.raises(ConnectionClosed) as closed:
                await until(before, "never")
            assert closed.value.rcvd and closed.value.rcvd.code == 4012
        await asyncio.to_thread(server.start)
        await again.reached.wait()

        page = await asyncio.to_thread(visitor.get, f"/conversations/{conversation}/")
        after = await visitor.open(conversation)
        open_reply = (await until(after, "hello"))["open"]
        again.go()
        finished = await until(after, "reply.finished")
        await before.close()
        await after.close()

    assert shown == "*He waits*, and 说 nothing"
    assert shown in page.text
    assert open_reply["text"] == shown
    assert endpoint.requests[1]["messages"][-1] == {
        "role": "assistant", "name": "Tobias", "content": shown, "partial": True,
    }  # fmt: skip
    assert finished["message"]["text"] == shown + " for a while. “Sit,” he says."


def test_a_second_server_on_the_same_data_is_refused(server: Server, tmp_path: Path):
    with pytest.raises(NotStarted, match="runs already"):
        Server(tmp_path).start()
