"""Money as people read it, in their language."""

from __future__ import annotations

from django.utils.formats import number_format

from roleplay.providers.endpoints import configured
from roleplay.providers.prices import amount


def money(cost: int | None) -> str:
    """A cost with the currency of the configured price; "" where there is none."""
    price = configured().price
    if price is None or cost is None:
        return ""
    return f"{number_format(amount(cost), force_grouping=True)}\N{NO-BREAK SPACE}{price.currency}"
