"""The dialects of the providers, by name and by host. A provider's quirk lives in one file here and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from roleplay.providers.dialects import kimi, openai, prefill
from roleplay.providers.dialects.values import Dialect

BY_NAME: dict[str, Dialect] = {"kimi": kimi.DIALECT, "prefill": prefill.DIALECT, "openai": openai.DIALECT}
NAMES = tuple(BY_NAME)

_BY_HOST = {
    "api.moonshot.ai": "kimi",
    "api.moonshot.cn": "kimi",
    "api.openai.com": "openai",
    "generativelanguage.googleapis.com": "openai",
    "api.anthropic.com": "openai",
    "openrouter.ai": "prefill",
}
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
_OLLAMA = 11434  # its port wherever it runs
_LLAMA_CPP = 8080  # its port too, but on other machines that of many a server


def by_host(base_url: str) -> str:
    """The name of the dialect that is spoken at an address: Kimi's, unless the host or port is known for another."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if host in _BY_HOST:
        return _BY_HOST[host]
    if parts.port == _OLLAMA or (parts.port == _LLAMA_CPP and host in _THIS_MACHINE):
        return "prefill"
    return "kimi"
