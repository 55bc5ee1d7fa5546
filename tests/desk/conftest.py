"""The desk's cast: `desk` is the browser of a signed-in operator, Mira a character with three quotes."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from characters.models import Character

User = get_user_model()


@pytest.fixture
def desk(db: None, client: Client) -> Client:
    client.force_login(User.objects.create_superuser("olga"))
    return client


@pytest.fixture
def mira(db: None) -> Character:
    mira = Character.objects.create(slug="mira", name="Mira", hue=210)
    for number, text in enumerate(("one", "two", "three"), 1):
        mira.quotes.create(position=number, text=text)
    return mira
