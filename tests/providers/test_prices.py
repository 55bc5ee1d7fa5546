"""What tokens cost, and how much of that people read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import override_settings
from django.utils.translation import override

from roleplay.providers.endpoints import configured
from roleplay.providers.money import money
from roleplay.providers.prices import BY_MODEL, Price, amount, read
from roleplay.providers.sse import Usage

KIMI = BY_MODEL["kimi-k2.6"]
PRICE = Price(Decimal("0.95"), Decimal("0.16"), Decimal(4), "USD")


@pytest.mark.parametrize(
    ("usage", "cost"),
    [
        (Usage(0, 0), 0),
        (Usage(1_000_000, 0), 950_000),
        (Usage(1_000_000, 0, 1_000_000), 160_000),
        (Usage(0, 1_000_000), 4_000_000),
        (Usage(4000, 200, 3000), 950 + 480 + 800),
        (Usage(1, 0), 1),  # 0.95
        (Usage(3, 0, 3), 0),  # 0.48
    ],
    ids=str,
)
def test_a_token_costs_what_a_million_cost_in_millionths(usage, cost):
    assert KIMI.cost(usage) == cost


def test_a_price_is_read_as_it_is_written():
    assert read("0.95  0.16\t4.00 USD") == PRICE == KIMI


@pytest.mark.parametrize("written", ["free", "1 2 USD", "1 2 3 4 USD", "1 2 3 US", ".5 1 1 USD", "1. 1 1 USD"])  # fmt: skip
def test_what_is_no_price_is_refused(written):
    with pytest.raises(ValueError, match=written):
        read(written)


@pytest.mark.parametrize(
    ("cost", "shown"),
    [
        (0, "0.00"),
        (1, "0.0001"),
        (149, "0.0001"),
        (150, "0.0002"),
        (8_049, "0.0080"),
        (999_949, "0.9999"),
        (1_000_000, "1.00"),
        (1_234_567_890_000, "1234567.89"),
    ],
)
def test_small_amounts_have_more_places_and_what_costs_never_looks_free(cost, shown):
    assert str(amount(cost)) == shown


@pytest.mark.parametrize(
    ("settings", "price"),
    [
        ({"DEMO_MODEL": True, "LLM_PRICE": PRICE}, None),
        ({"LLM_MODEL": ""}, KIMI),
        ({"LLM_MODEL": "kimi-k2.6"}, KIMI),
        ({"LLM_MODEL": "another"}, None),
        ({"LLM_MODEL": "another", "LLM_PRICE": read("1 1 1 CNY")}, read("1 1 1 CNY")),
        ({"LLM_MODEL": "", "LLM_PRICE": read("1 1 1 CNY")}, read("1 1 1 CNY")),
    ],
    ids=str,
)
def test_the_setting_goes_before_the_table_and_the_demo_model_is_free(settings, price):
    with override_settings(**{"DEMO_MODEL": False, "LLM_PRICE": None, **settings}):
        assert configured().price == price


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_money_bears_its_currency_and_is_grouped(language):
    with override_settings(DEMO_MODEL=False, LLM_PRICE=read("1 1 1 CNY")), override(language):
        assert money(1_234_567_890_000) == "1,234,567.89\N{NO-BREAK SPACE}CNY"


def test_without_a_price_there_is_no_money():
    with override_settings(DEMO_MODEL=False, LLM_PRICE=PRICE):
        assert money(None) == ""
    with override_settings(DEMO_MODEL=True):
        assert money(7) == ""
