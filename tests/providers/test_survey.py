"""What an operator is told about the configured model."""

from __future__ import annotations

import pytest

from roleplay.providers.survey import survey
from tests.conftest import configured
from tests.endpoint import Endpoint


async def test_a_model_on_offer_is_good(endpoint):
    finding = await survey(configured(endpoint))

    assert finding.good
    assert finding.sentence == f"{endpoint.url} offers kimi-k2.6."


async def test_an_unknown_model_is_told_with_those_on_offer(endpoint):
    finding = await survey(configured(endpoint, model="kimi-k2-0905"))

    assert not finding.good
    assert "kimi-k2-0905" in finding.sentence
    assert "LLM_MODEL to one of: kimi-k2.6, kimi-k3" in finding.sentence


@pytest.mark.parametrize("key", ["wrong", "none"])
async def test_a_refused_key_is_told_with_the_setting_that_holds_it(endpoint, key):
    endpoint.key = "right"

    finding = await survey(configured(endpoint, key=key))

    assert not finding.good
    assert endpoint.url in finding.sentence and "LLM_API_KEY" in finding.sentence


async def test_the_right_key_is_let_in(endpoint):
    endpoint.key = "right"

    assert (await survey(configured(endpoint, key="right"))).good


async def test_a_server_that_is_not_there_is_told_with_the_setting_that_names_it():
    async with Endpoint() as gone:
        endpoint = configured(gone)

    finding = await survey(endpoint)

    assert not finding.good
    assert endpoint.base_url in finding.sentence and "LLM_BASE_URL" in finding.sentence


async def test_an_address_without_a_list_of_models_is_no_fault_of_the_models_name(endpoint):
    finding = await survey(configured(endpoint, base_url=endpoint.url.removesuffix("/v1")))

    assert not finding.good
    assert "LLM_BASE_URL" in finding.sentence
    assert "LLM_MODEL" not in finding.sentence


async def test_a_survey_asks_for_no_reply(endpoint):
    await survey(configured(endpoint))

    assert endpoint.requests == []
