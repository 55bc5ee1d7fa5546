"""Whether the configured model can be talked to, said in sentences for an operator."""

from __future__ import annotations

from dataclasses import dataclass, replace

from roleplay.providers import errors
from roleplay.providers.client import Client
from roleplay.providers.endpoints import KIMI, KIMI_CHINA, Endpoint


@dataclass(frozen=True)
class Finding:
    """What was found. `good`: replies can be expected."""

    good: bool
    sentence: str


async def survey(endpoint: Endpoint) -> Finding:
    """Asks the endpoint which models it offers; for a refused key, its sister endpoint too."""
    try:
        offered = await _models(endpoint)
    except errors.WrongKey:
        sister = {KIMI: KIMI_CHINA, KIMI_CHINA: KIMI}.get(endpoint.base_url)
        if sister and await _accepts(replace(endpoint, base_url=sister)):
            return Finding(False, f"The key belongs to the other site. Set LLM_BASE_URL={sister}")
        return Finding(
            False, f"{endpoint.base_url} refuses the key. Check LLM_API_KEY (or MOONSHOT_API_KEY)."
        )
    except errors.ProviderError as error:
        return Finding(False, f"{endpoint.base_url}: {error.operator_sentence or error.sentence} ({error})")
    if endpoint.model not in offered:
        return Finding(
            False,
            f"{endpoint.base_url} does not offer {endpoint.model}. Set LLM_MODEL to one of: {', '.join(offered)}",
        )
    return Finding(True, f"{endpoint.base_url} offers {endpoint.model}.")


async def _models(endpoint: Endpoint) -> list[str]:
    client = Client(endpoint)
    try:
        return await client.models()
    finally:
        await client.close()


async def _accepts(endpoint: Endpoint) -> bool:
    try:
        await _models(endpoint)
    except errors.ProviderError:
        return False
    return True
