"""Settings from the environment: a wrong one stops the start with a sentence that says what to write."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.environment import KNOWN, Environment, SettingError
from roleplay.providers.prices import Price

ROOT = Path(__file__).parent.parent


def number(written):
    return Environment({"PORT": written}).number("PORT", 8000, least=1, most=65_535)


def url(written, *schemes):
    return Environment({"LLM_BASE_URL": written}).url("LLM_BASE_URL", schemes=schemes or ("https", "http"))


def one_of(written):
    return Environment({"LLM_DIALECT": written}).one_of("LLM_DIALECT", "kimi", known=("kimi", "qwen"))


def price(written):
    return Environment({"LLM_PRICE": written}).price("LLM_PRICE")


def database(written):
    return Environment({"DATABASE_URL": written}).database("DATABASE_URL", "sqlite:///ours")


def hosts(written):
    return Environment({"ALLOWED_HOSTS": written}).hosts("ALLOWED_HOSTS")


@pytest.mark.parametrize(
    ("read", "written", "value"),
    [
        (number, "80", 80),
        (number, " 65535 ", 65_535),
        (number, "", 8000),
        (number, "  ", 8000),
        (url, "https://api.moonshot.cn/v1/", "https://api.moonshot.cn/v1"),
        (url, "http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        (url, "", ""),
        *((database, right, right)
          for right in ("sqlite:////srv/db.sqlite3", "sqlite:///beside.sqlite3", "postgres://ada:p%2Fs@host:5433/name",
                        "postgresql://host/name?sslmode=require", "postgres://[::1]/name",
                        "postgres:///name?host=/run/postgresql")),
        (database, "", "sqlite:///ours"),
        (one_of, "qwen", "qwen"),
        (one_of, "", "kimi"),
        (price, " 6.5 1.10 27 CNY ", Price(Decimal("6.5"), Decimal("1.10"), Decimal(27), "CNY")),
        (price, "", None),
        (hosts, "", []),
        (hosts, " example.org,[::1], *.example.net ,", ["example.org", "[::1]", "*.example.net"]),
    ],
)  # fmt: skip
def test_a_setting_is_read(read, written, value):
    assert read(written) == value


@pytest.mark.parametrize(
    ("read", "written", "advice"),
    [
        *((number, wrong, "Write a whole number from 1 to 65535.")
          for wrong in ("0", "65536", "-1", "+1", "8e3", "80.0", "eighty", "８０", "²", "1_000", "80 81")),
        *((url, wrong, "Write (an address that begins with https|one like https://)")
          for wrong in ("api.moonshot.ai/v1", "ftp://api.moonshot.ai", "https://", "http:", "https://[::1",
                        "https://host:port/v1", "https://host:99999", "https:///v1", "https:api.moonshot.ai/v1")),
        *((database, wrong, "Write sqlite:////folder/file.sqlite3, or postgres://user:password@host:5432/name")
          for wrong in ("mysql://host/name", "name", "/srv/db.sqlite3", "sqlite:///", "sqlite:////srv/", "sqlite://srv/db",
                        "sqlite:srv", "SQLITE:////srv/db", "postgres://host", "postgres://host/", "postgres:host/name",
                        "postgres://host/a/b", "postgres://host:port/name", "postgres://[::1/name")),
        (one_of, "Kimi", "Write kimi or qwen."),
        (one_of, "openai", "Write kimi or qwen."),
        *((price, wrong, "three capital letters: 0.95 0.16 4.00 USD")
          for wrong in ("0.95", "0.95 0.16 4.00", "0.95 0.16 4.00 usd", "0.95 0.16 4.00 $", "USD 0.95 0.16 4.00",
                        "0,95 0,16 4,00 USD", "-1 0 0 USD", "1e3 0 0 USD", "nan 0 0 USD", "٣ 0 0 USD", "1234567 0 0 USD")),
        *((hosts, wrong, "without scheme and port")
          for wrong in ("https://example.org", "example.org:8000", "example.org example.net", "[::1]:8000", "::1")),
    ],
)  # fmt: skip
def test_a_wrong_setting_says_what_to_write(read, written, advice):
    with pytest.raises(SettingError) as error:
        read(written)

    sentence = str(error.value)
    assert sentence.startswith("Roleplay cannot start: ")
    assert re.search(advice, sentence)
    assert any(name in sentence for name in KNOWN)


@pytest.mark.parametrize("wrong", ["s/cret@host", "s#cret@host", "s?cret@host", "[s]cret@host", "cret@host"])
def test_no_sentence_repeats_a_password(wrong):
    with pytest.raises(SettingError) as error:
        database(f"postgres://ada:{wrong}")

    assert "cret" not in str(error.value)
    assert "%2F for a /" in str(error.value)


@given(st.text())
def test_whatever_is_written_for_a_number_is_one_within_its_bounds_or_refused(written):
    try:
        assert 1 <= number(written) <= 65_535
    except SettingError:
        assert written.strip() != str(8000)


@pytest.mark.parametrize("name", ["LLM_BASEURL", "LLM_KEY", "LLM_"])
def test_a_slip_of_the_pen_is_told_with_the_names_there_are(name):
    with pytest.raises(SettingError) as error:
        Environment({name: "x"})

    assert name in str(error.value)
    assert all(known in str(error.value) for known in KNOWN if known.startswith("LLM_"))


def test_names_of_others_are_none_of_ours():
    assert Environment({"LANG": "C", "LLM_TYPO": " "}).text("LANG") == "C"


def test_a_setting_error_ends_the_process_without_a_traceback():
    assert issubclass(SettingError, SystemExit)


@pytest.mark.parametrize(
    ("setting", "advice"),
    [
        ({"HOST": "0.0.0.0"}, "Write ALLOWED_HOSTS too"),
        ({"SECRET_KEY": "short"}, "Write at least 32 characters"),
        ({"DATABASE_URL": "mysql://localhost/db"}, "DATABASE_URL is not the address of a database. Write"),
        ({"DATABASE_URL": "postgres://host/db?sslmod=require"}, 'invalid connection option "sslmod"'),
        ({"DATABASE_URL": "postgres://host/db?pool=1"}, 'invalid connection option "pool"'),
        ({"PROMPT_TOKENS": "100"}, "Write a whole number from 1024 to 1000000."),
        ({"LLM_PRICE": "cheap"}, "Write what a million tokens cost"),
        ({"REINFORCE_EVERY": "often"}, "Write a whole number from 0 to 1000."),
    ],
    ids=str,
)
def test_the_start_stops_with_one_sentence(setting, advice):
    command = [sys.executable, "-c", "import roleplay.settings"]
    environment = {"PATH": os.environ["PATH"], **setting}

    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )

    assert ended.returncode == 1
    assert advice in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_postgresql_is_asked_as_the_address_says():
    program = "import json; from roleplay.settings import DATABASES; print(json.dumps(DATABASES['default']))"
    url = "postgres://ada:a%2Fsecret%23@db.example.org:5433/roleplay?sslmode=require"
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": url}

    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=True
    )

    database = json.loads(told.stdout)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["USER"], database["PASSWORD"]) == ("ada", "a/secret#")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example.org", 5433, "roleplay")
    assert database["CONN_MAX_AGE"] == 0
    assert set(database["OPTIONS"]) == {"sslmode", "pool"}
