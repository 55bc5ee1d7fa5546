"""PURE: what tokens cost. Money is counted in whole millionths of its currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from roleplay.providers.sse import Usage

_MILLION = 1_000_000
_LEAST_SHOWN = Decimal("0.0001")
_WRITTEN = re.compile(r"\s+".join([r"([0-9]{1,6}(?:\.[0-9]{1,6})?)"] * 3 + ["([A-Z]{3})"]))


@dataclass(frozen=True)
class Price:
    """Of a million tokens: told, told from the cache, and said."""

    told: Decimal
    cached: Decimal
    said: Decimal
    currency: str  # three letters

    def cost(self, usage: Usage) -> int:
        anew = usage.prompt - usage.cached
        return round(anew * self.told + usage.cached * self.cached + usage.completion * self.said)


def read(written: str) -> Price:
    """A price as an operator writes it: its three numbers and the currency. Raises ValueError."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise ValueError(written)
    told, cached, said, currency = match.groups()
    return Price(Decimal(told), Decimal(cached), Decimal(said), currency)


def amount(cost: int) -> Decimal:
    """What people read of a cost: hundredths, below 1 more of it. What cost anything never looks free."""
    exact = Decimal(cost) / _MILLION
    if not cost or exact >= 1:
        return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return max(exact.quantize(_LEAST_SHOWN, ROUND_HALF_UP), _LEAST_SHOWN)


BY_MODEL = {"kimi-k2.6": read("0.95 0.16 4.00 USD")}
