"""What goes wrong on the wire is an error of ours, told once."""

from __future__ import annotations

from contextlib import aclosing

import httpx2
import pytest

from roleplay.providers import errors
from roleplay.providers.client import Client
from tests import behaviours
from tests.conftest import configured
from tests.endpoint import Endpoint
from tests.providers.streaming import REQUEST, reply, through


@pytest.fixture
async def client(endpoint):
    client = Client(configured(endpoint))
    yield client
    await client.close()


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (behaviours.fail(400, "content_filter"), errors.ContentFiltered),
        (behaviours.fail(400, "invalid_request_error"), errors.InvalidRequest),
        (behaviours.fail(400, "invalid_request_error", "exceeded model token limit"), errors.TooLong),
        (behaviours.fail(401, "invalid_authentication_error"), errors.WrongKey),
        (behaviours.fail(403, "permission_denied_error"), errors.Forbidden),
        (behaviours.fail(404, "resource_not_found_error"), errors.UnknownModel),
        (behaviours.fail(429, "rate_limit_reached_error"), errors.RateLimited),
        (behaviours.fail(429, "engine_overloaded_error"), errors.Overloaded),
        (behaviours.fail(429, "exceeded_current_quota_error"), errors.QuotaExhausted),
        (behaviours.fail(500, "server_error"), errors.ServerFailed),
        (behaviours.html(504), errors.ServerFailed),
        (behaviours.fail_midway("Hel", type="engine_overloaded_error"), errors.Overloaded),
        (behaviours.fail_midway("Hel", type="unheard_of"), errors.BrokenStream),
        (behaviours.drop("Hel"), errors.BrokenStream),
        (behaviours.drop(), errors.BrokenStream),
        (behaviours.end_without_finish("Hel"), errors.BrokenStream),
        (behaviours.say("Hel", behaviours.MALFORMED), errors.BrokenStream),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_each_fault_is_an_error_of_ours_and_is_not_tried_again(client, endpoint, behaviour, error):
    endpoint.queue(behaviour)

    with pytest.raises(errors.ProviderError) as caught:
        await reply(client)

    assert type(caught.value) is error
    assert len(endpoint.requests) == 1


async def test_what_was_said_before_a_fault_has_come(client, endpoint):
    endpoint.drop("Hel", "lo")

    text = ""
    with pytest.raises(errors.BrokenStream):
        async with aclosing(client.stream(REQUEST)) as deltas:
            async for delta in deltas:
                text += delta.text

    assert text == "Hello"


async def test_the_provider_may_say_how_long_to_wait(client, endpoint):
    endpoint.fail(429, "engine_overloaded_error", headers={"Retry-After": "3"})

    with pytest.raises(errors.Overloaded) as caught:
        await reply(client)

    assert caught.value.retry_after == 3


async def test_a_server_that_is_not_there_is_unreachable():
    async with Endpoint() as gone:
        client = Client(configured(gone))

    with pytest.raises(errors.Unreachable):
        await reply(client)
    with pytest.raises(errors.Unreachable):
        await client.models()


@pytest.mark.parametrize("kind", ["text/html", "application/json"])
async def test_what_is_no_list_of_models_is_an_error_of_ours(kind):
    page = httpx2.Response(200, content=b"<h1>Welcome</h1>", headers={"Content-Type": kind})

    with pytest.raises(errors.ProviderError):
        await through(lambda _: page).models()
