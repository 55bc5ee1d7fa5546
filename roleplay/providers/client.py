"""The model client: the only module that imports openai. Importing it takes a second; see `endpoints.opened`.

openai does the request (authentication, errors, transport); the bytes go through our own decoder,
since an object built for each chunk costs twice as much.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing, suppress
from urllib.parse import urlsplit

import httpx2
import openai
import orjson

from roleplay.providers import errors, sse
from roleplay.providers.dialects.values import Request
from roleplay.providers.endpoints import Endpoint

CONNECT = 5.0  # seconds
READ = 90.0  # seconds without a byte; comments keep a socket awake, so silence is watched apart
READ_THINKING = 600.0
AFTER_FINISH = 5.0  # seconds for usage and [DONE], once a reply is whole


class Client:
    """One for each process and event loop. `transport` stands for the network in tests."""

    def __init__(self, endpoint: Endpoint, *, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self.endpoint = endpoint
        timeout = httpx2.Timeout(READ_THINKING if endpoint.thinks else READ, connect=CONNECT)
        self._openai = openai.AsyncOpenAI(
            base_url=endpoint.base_url,
            api_key=endpoint.key,
            max_retries=0,
            timeout=timeout,
            http_client=openai.DefaultAsyncHttpxClient(
                transport=transport,
                timeout=timeout,
                trust_env=not _is_this_machine(endpoint.base_url),
                limits=httpx2.Limits(max_connections=None, max_keepalive_connections=20),
            ),
        )

    async def stream(self, request: Request) -> AsyncGenerator[sse.Delta, None]:
        """The deltas of one request. Leave it early only through aclosing(), or it stays paid for.

        Raises ProviderError: BrokenStream where the stream ends without a finish reason, Silence
        where no delta comes within the endpoint's times.
        """
        try:
            async with aclosing(self._stream(request)) as deltas:
                async for delta in deltas:
                    yield delta
        except TimeoutError:
            raise errors.Silence from None
        except openai.APIError as error:
            raise _translated(error) from error
        except (httpx2.HTTPError, sse.Malformed) as error:
            raise errors.BrokenStream(str(error)) from error

    async def models(self) -> list[str]:
        """The ids on offer. Raises ProviderError; Unreachable where there is no list of models."""
        try:
            answer = await self._openai.models.with_raw_response.list()
            return [str(model["id"]) for model in orjson.loads(answer.content)["data"]]
        except openai.NotFoundError as error:
            raise errors.Unreachable("there is no list of models") from error
        except openai.APIError as error:
            raise _translated(error) from error
        except (ValueError, LookupError, TypeError) as error:
            raise errors.Unreachable("there is no list of models") from error

    async def close(self) -> None:
        await self._openai.close()

    async def _stream(self, request: Request) -> AsyncGenerator[sse.Delta, None]:
        now = asyncio.get_running_loop().time
        deadline = now() + self.endpoint.first_delta_within
        decoder = sse.Decoder()
        finished = False
        async with AsyncExitStack() as stack:
            async with asyncio.timeout_at(deadline):
                response = await stack.enter_async_context(
                    self._openai.chat.completions.with_streaming_response.create(
                        messages=request.messages,  # type: ignore[arg-type]  # partial is the provider's own key
                        extra_body=request.extra_body,
                        **request.options,
                    )
                )
            chunks = response.iter_bytes()
            while not decoder.done:
                try:
                    async with asyncio.timeout_at(deadline):
                        chunk = await anext(chunks, b"")
                    deltas = decoder.add(chunk) if chunk else decoder.flush()
                except (TimeoutError, openai.APIError, httpx2.HTTPError, sse.Malformed):
                    if finished:
                        return  # the reply is whole; only the stream's own end was lost
                    raise
                for delta in deltas:
                    if delta.error is not None:
                        raise errors.from_event(delta.error)
                    finished = finished or bool(delta.finish)
                    deadline = now() + (AFTER_FINISH if finished else self.endpoint.next_delta_within)
                    yield delta
                if not chunk:
                    break
            # Read to its end, a connection serves the next request too.
            with suppress(TimeoutError, httpx2.HTTPError):
                async with asyncio.timeout(1):
                    async for _ in chunks:
                        pass
        if not finished:
            raise errors.BrokenStream("the stream ended without a finish reason")


def _is_this_machine(base_url: str) -> bool:
    """Whether no proxy stands between: the demo model's key is for this process alone."""
    return urlsplit(base_url).hostname in ("127.0.0.1", "localhost", "::1")


def _translated(error: openai.APIError) -> errors.ProviderError:
    if isinstance(error, openai.APIStatusError):
        return errors.from_response(error.status_code, error.body, error.response.headers)
    if isinstance(error, openai.APITimeoutError):
        return errors.Unreachable("no answer in time")
    if isinstance(error, openai.APIConnectionError):
        return errors.Unreachable(str(error.__cause__ or error))
    return errors.BrokenStream(str(error))
