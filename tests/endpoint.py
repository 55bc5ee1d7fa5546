"""The scripted endpoint: a small local server that speaks the providers' protocol and keeps what it was asked."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Concatenate, ParamSpec, Self

from tests import behaviours, wire
from tests.behaviours import Answer, Behaviour, Gate, Script, Signal
from tests.kimi import Body, refusal

P = ParamSpec("P")


def _queued(make: Callable[P, Behaviour]) -> Callable[Concatenate[Endpoint, P], None]:
    def method(endpoint: Endpoint, /, *args: P.args, **kwargs: P.kwargs) -> None:
        endpoint.queue(make(*args, **kwargs))

    method.__doc__ = make.__doc__
    return method


class Endpoint:
    """Behaviours that were queued are used up by chat requests in their order; then `script` decides.

    `strict` refuses what Kimi refuses, and unknown models; `key`, where set, is the only bearer that is let in:
    neither uses up a behaviour. What a script raises is raised again when the endpoint closes.
    """

    say = _queued(behaviours.say)
    fail = _queued(behaviours.fail)
    fail_midway = _queued(behaviours.fail_midway)
    drop = _queued(behaviours.drop)
    end_without_finish = _queued(behaviours.end_without_finish)
    html = _queued(behaviours.html)

    def __init__(self, *, strict: bool = True, key: str = "", script: Script | None = None) -> None:
        self.strict = strict
        self.key = key
        self.script = script or (lambda body: behaviours.say("All right."))
        self.models = ["kimi-k2.6", "kimi-k3"]
        self.requests: list[Body] = []  # of chats, in their order, refused ones included
        self.headers: list[dict[str, str]] = []  # of the same requests; names in lower case
        self.closed = 0  # how many clients left in mid-stream
        self.url = ""
        self._queue: deque[Behaviour | Script] = deque()
        self._leavings: dict[int, Signal] = {}
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    def queue(self, behaviour: Behaviour | Script) -> None:
        self._queue.append(behaviour)

    def gate(self) -> Gate:
        return Gate()

    def silence(self) -> Gate:
        """A gate that nobody opens."""
        return Gate()

    async def client_left(self, times: int = 1) -> None:
        """Waits until clients closed their connections in mid-stream so many times, counted from the start."""
        await self._leaving(times).wait()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for connection, writer in self._connections.items():
            connection.cancel()
            writer.transport.abort()
        ends = await asyncio.gather(*self._connections, return_exceptions=True)
        for failure in ends:
            if isinstance(failure, Exception):
                raise failure

    def _leaving(self, number: int) -> Signal:
        return self._leavings.setdefault(number, Signal())

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections[asyncio.create_task(self._serve(reader, writer))] = writer

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request: each response closes its connection."""
        try:
            with suppress(
                asyncio.IncompleteReadError, ConnectionError
            ):  # a client that left before it had asked
                call, headers, content = await _request(reader)
                await self._answer(call, headers, content, reader, writer)
        finally:
            writer.close()

    async def _answer(
        self,
        call: str,
        headers: dict[str, str],
        content: bytes,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        if call == "POST /v1/chat/completions":
            body: Body = json.loads(content)
            self.requests.append(body)
            self.headers.append(headers)
            behaviour = self._refusal(headers, body) or self._next(body)
            await self._watched(_performed(behaviour, body, writer), reader)
        elif call == "GET /v1/models":
            writer.write(wire.answer(self._refusal(headers) or self._models()))
        else:
            writer.write(wire.answer(behaviours.fail(404, "resource_not_found_error", f"There is no {call}")))

    def _models(self) -> Answer:
        models = [{"id": model, "object": "model", "created": 0, "owned_by": "test"} for model in self.models]
        return Answer(200, json.dumps({"object": "list", "data": models}).encode())

    def _refusal(self, headers: dict[str, str], body: Body | None = None) -> Answer | None:
        if self.key and headers.get("authorization") != f"Bearer {self.key}":
            return behaviours.fail(401, "invalid_authentication_error", "Invalid Authentication")
        if not self.strict or body is None:
            return None
        if body.get("model") not in self.models:
            return behaviours.fail(
                404, "resource_not_found_error", f"Not found the model {body.get('model')}"
            )
        fault = refusal(body)
        return behaviours.fail(400, "invalid_request_error", f"Invalid request: {fault}") if fault else None

    def _next(self, body: Body) -> Behaviour:
        behaviour = self._queue.popleft() if self._queue else self.script
        return behaviour(body) if callable(behaviour) else behaviour

    async def _watched(
        self, performed: Coroutine[object, object, None], reader: asyncio.StreamReader
    ) -> None:
        """Notices a client that leaves before the end, and ends the performance."""
        performing = asyncio.create_task(performed)
        leaving = asyncio.create_task(reader.read(1))
        try:
            await asyncio.wait({performing, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not performing.done() or isinstance(performing.exception(), ConnectionError):
                self.closed += 1
                self._leaving(self.closed).set()
            else:
                performing.result()
        finally:
            performing.cancel()
            leaving.cancel()
            await asyncio.gather(performing, leaving, return_exceptions=True)


async def _request(reader: asyncio.StreamReader) -> tuple[str, dict[str, str], bytes]:
    """The request's method and path, headers and content."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    request, *lines = head.rstrip().split("\r\n")
    headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
    content = await reader.readexactly(int(headers.get("content-length", 0)))
    return request.rpartition(" ")[0], headers, content


async def _performed(behaviour: Behaviour, body: Body, writer: asyncio.StreamWriter) -> None:
    if isinstance(behaviour, Answer):
        writer.write(wire.answer(behaviour))
        return await writer.drain()

    reasoning = [("reasoning_content", piece) for piece in behaviour.reasoning]
    pieces = deque(reasoning + [("content", piece) for piece in behaviour.pieces])
    while pieces and isinstance(gate := pieces[0][1], Gate):
        pieces.popleft()
        await gate.passed()
    writer.write(wire.opening(body))
    for key, piece in pieces:
        if isinstance(piece, Gate):
            await piece.passed()
        elif isinstance(piece, float):
            await asyncio.sleep(piece)
        else:
            writer.write(wire.piece(body, key, piece))
            await writer.drain()
    # In one write: a client that leaves at [DONE] did not leave in mid-stream.
    writer.write(wire.ending(body, behaviour))
    await writer.drain()


@contextmanager
def endpoint_in_thread(endpoint: Endpoint | None = None) -> Iterator[Endpoint]:
    """An endpoint with a loop and thread of its own, for servers under test that are processes, and for sync tests.

    Queueing, `requests`, gates and signals work from outside.
    """
    endpoint = endpoint or Endpoint()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="endpoint")
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(endpoint.__aenter__(), loop).result()
        try:
            yield endpoint
        finally:
            asyncio.run_coroutine_threadsafe(endpoint.__aexit__(), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
