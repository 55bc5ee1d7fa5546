"""Which dialect is spoken: the one that is named, else the host's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.environment import Environment
from roleplay.providers.dialects import BY_NAME, NAMES, by_host
from roleplay.providers.endpoints import configured


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        ("https://api.moonshot.ai/v1", "kimi"),
        ("https://api.moonshot.cn/v1", "kimi"),
        ("https://api.openai.com/v1", "openai"),
        ("https://API.OpenAI.com:443/v1", "openai"),
        ("https://generativelanguage.googleapis.com/v1beta/openai", "openai"),
        ("https://api.anthropic.com/v1", "openai"),
        ("https://openrouter.ai/api/v1", "prefill"),
        ("http://localhost:11434/v1", "prefill"),
        ("http://ollama.lan:11434/v1", "prefill"),
        ("http://[fd00::7]:11434/v1", "prefill"),
        ("http://localhost:8080/v1", "prefill"),
        ("http://127.0.0.1:8080/v1", "prefill"),
        ("http://[::1]:8080/v1", "prefill"),
        ("http://models.example.org:8080/v1", "kimi"),
        ("http://127.0.0.1:8000/v1", "kimi"),
        ("https://models.example.org/v1", "kimi"),
        ("https://api.openai.com.example.org/v1", "kimi"),
        ("https://example.org/api.openai.com", "kimi"),
        ("https://api.openai.com@example.org/v1", "kimi"),
    ],
)
def test_a_host_speaks_its_dialect(base_url, name):
    assert by_host(base_url) == name


@given(st.from_regex(r"https?://[a-z0-9.-]{1,30}(:[0-9]{1,4})?(/[a-z0-9]*)?", fullmatch=True))
def test_every_address_has_a_dialect(base_url):
    assert by_host(base_url) in NAMES


@pytest.mark.parametrize(
    ("named", "base_url", "name"),
    [
        ("", "", "kimi"),
        ("", "https://openrouter.ai/api/v1", "prefill"),
        ("openai", "https://openrouter.ai/api/v1", "openai"),
        ("kimi", "http://localhost:8080/v1", "kimi"),
    ],
)
def test_the_name_in_the_settings_goes_before_the_host(settings, named, base_url, name):
    settings.DEMO_MODEL, settings.LLM_BASE_URL, settings.LLM_DIALECT = False, base_url, named

    assert configured().dialect is BY_NAME[name]


@pytest.mark.parametrize("named", ["", "openai"])
def test_the_demo_model_speaks_kimi_wherever_it_stands(settings, named):
    settings.DEMO_MODEL, settings.LLM_DIALECT = True, named
    settings.HOST, settings.PORT = "127.0.0.1", 8080

    assert configured().dialect is BY_NAME["kimi"]


def test_a_dialect_that_is_not_named_has_no_default():
    assert Environment({}).one_of("LLM_DIALECT", known=NAMES) == ""
