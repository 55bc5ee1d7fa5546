"""The dialects of the providers, by name. A provider's quirk lives in one file here and nowhere else."""

from __future__ import annotations

from roleplay.providers.dialects import kimi
from roleplay.providers.dialects.values import Dialect

BY_NAME: dict[str, Dialect] = {"kimi": kimi.DIALECT}
NAMES = tuple(BY_NAME)
