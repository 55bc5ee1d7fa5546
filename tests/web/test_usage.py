"""What was used, as its user sees it: his own months and conversations, with money where there is a price."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from roleplay.conversations.models import Conversation, Usage
from roleplay.providers.prices import read
from roleplay.turns import prompts
from roleplay.turns.factor import Factor
from tests.turns.steps import claimed, finish, reply_of

PRICE = read("1 0.5 10 USD")
SPENT = {"usage": {"prompt": 4000, "completion": 30, "cached": 3000}, "model": "kimi-k2.6"}


@pytest.fixture
def priced(settings: Any) -> None:
    settings.DEMO_MODEL, settings.LLM_PRICE = False, PRICE


def used(user: User, month: date, **counts: int) -> Usage:
    return Usage.objects.create(user=user, month=month, **counts)


def shown(client: Client, address: str = "/usage/") -> str:
    return client.get(address).content.decode()


def test_the_newest_month_stands_first_with_its_figures(client: Client, ada: User, priced: None):
    used(ada, date(2026, 10, 1), turns=2, told=7)
    used(ada, date(2026, 11, 1), turns=1203, told=14_802_991, cached=12_004_700, said=180_412, cost=5_233_110)
    client.force_login(ada)

    page = shown(client)

    assert page.index("November 2026") < page.index("October 2026")
    for figure in ("1,203", "14,802,991", "12,004,700", "180,412", "5.23\N{NO-BREAK SPACE}USD"):
        assert f">{figure}</td>" in page


def test_without_a_price_no_money_is_spoken_of(client: Client, ada: User):
    used(ada, date(2026, 11, 1), turns=1, told=14_802_991, cost=5_233_110)
    client.force_login(ada)

    page = shown(client)

    assert "14,802,991" in page
    assert "Cost" not in page
    assert "USD" not in page


def test_anothers_months_are_not_shown(client: Client, ada: User, ben: User):
    used(ada, date(2026, 11, 1), turns=1, told=14_802_991)
    client.force_login(ben)

    page = shown(client)

    assert "14,802,991" not in page
    assert "Nothing yet." in page


def test_without_a_sign_in_one_is_asked_to(client: Client, db: None):
    assert client.get("/usage/").headers["Location"] == "/accounts/login/?next=/usage/"


def test_it_can_only_be_looked_at(client: Client, ada: User):
    client.force_login(ada)

    assert client.post("/usage/").status_code == 405


@pytest.mark.parametrize("page", ["/", "/persona/"])
def test_the_account_leads_there(page: str, client: Client, ada: User):
    client.force_login(ada)

    assert 'href="/usage/"' in shown(client, page)


def test_a_conversation_tells_what_it_took(
    client: Client, ada: User, conversation: Conversation, priced: None
):
    Conversation.objects.update(told=14_802_991, cached=12_004_700, said=180_412, cost=5_233_110)
    client.force_login(ada)

    page = shown(client, reverse("settings", args=[conversation.pk]))

    for figure in ("14,802,991 tokens", "81 percent", "180,412 tokens", "5.23\N{NO-BREAK SPACE}USD"):
        assert figure in page


def test_a_conversation_that_took_nothing_does_not_speak_of_it(
    client: Client, ada: User, conversation: Conversation
):
    client.force_login(ada)

    assert 'id="used"' not in shown(client, reverse("settings", args=[conversation.pk]))


@pytest.mark.parametrize(("price", "told"), [(PRICE, True), (None, False)])
def test_a_reply_tells_what_it_cost(
    price: Any, told: bool, client: Client, ada: User, conversation: Conversation, priced: None
):
    claim = claimed(ada, conversation)
    prompts.prepare(claim, Factor("kimi-k2.6"))
    finish(claim, text="A reply.", reason="stop", **SPENT, price=price)
    client.force_login(ada)

    page = shown(client, reverse("why", args=[conversation.pk, reply_of(claim).pk]))

    assert "4,000 told, 30 said" in page
    assert ("0.0028\N{NO-BREAK SPACE}USD" in page) == told
