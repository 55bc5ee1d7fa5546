"""What everybody used, at the desk: found and filtered, and changed by nobody."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from roleplay.conversations.models import Usage
from roleplay.providers.prices import read

LIST = "/admin/conversations/usage/"


@pytest.fixture
def rows(db: None) -> list[Usage]:
    months = {"ada": date(2026, 10, 1), "ben": date(2026, 11, 1)}
    return [
        Usage.objects.create(
            user=User.objects.create_user(name), month=month, turns=3, told=14_802_991, said=7, cost=5_233_110
        )
        for name, month in months.items()
    ]


def users(client: Client, query: str = "") -> list[str]:
    return [row.user.username for row in client.get(LIST + query).context["cl"].result_list]


def test_the_list_has_every_month_the_newest_first(desk: Client, rows: list[Usage], settings):
    settings.DEMO_MODEL, settings.LLM_PRICE = False, read("1 1 1 USD")

    page = desk.get(LIST).text

    assert users(desk) == ["ben", "ada"]
    for figure in ("November 2026", "14,802,991", "5.23\N{NO-BREAK SPACE}USD"):
        assert figure in page


def test_without_a_price_there_is_no_money(desk: Client, rows: list[Usage]):
    assert "5.23" not in desk.get(LIST).text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=ad", ["ada"]),
        ("?q=nobody", []),
        ("?month=2026-11-01", ["ben"]),
        ("?month=2026-12-01", ["ben", "ada"]),
        ("?month=soon", ["ben", "ada"]),
    ],
)
def test_a_user_and_a_month_can_be_found(desk: Client, rows: list[Usage], query: str, found: list[str]):
    assert users(desk, query) == found


def test_nobody_writes_it(desk: Client, rows: list[Usage]):
    row = f"{LIST}{rows[0].pk}"

    for page in (f"{LIST}add/", f"{row}/delete/"):
        assert desk.get(page).status_code == 403
    assert desk.post(f"{row}/change/", {"turns": 0}).status_code == 403
    assert "delete_selected" not in desk.get(LIST).text


def test_it_goes_with_its_user(desk: Client, rows: list[Usage]):
    desk.post(f"/admin/auth/user/{rows[0].user_id}/delete/", {"post": "yes"})

    assert [row.user.username for row in Usage.objects.all()] == ["ben"]


@pytest.mark.parametrize(("staff", "status"), [(False, 302), (True, 403)], ids=["a reader", "staff"])
def test_who_has_no_permission_sees_nothing(client: Client, rows: list[Usage], staff: bool, status: int):
    client.force_login(User.objects.create_user("cleo", is_staff=staff))

    assert client.get(LIST).status_code == status
