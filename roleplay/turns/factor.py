"""How many tokens a model counts for each that is estimated: learned from what it counted, and kept."""

from __future__ import annotations

from roleplay.conversations.models import TokenFactor

LEAST, MOST = 0.5, 3.0
ENOUGH = 256  # tokens of a prompt that teaches something
WEIGHT = 1 / 8  # of each prompt
WORTH_KEEPING = 0.02


class Factor:
    """Of one model, in one process."""

    def __init__(self, model: str) -> None:
        self.model = model
        self.value = 1.0
        self._kept: float | None = None

    def load(self) -> None:
        """What is known of the model, where it is not loaded yet. Sync."""
        if self._kept is None:
            known = TokenFactor.objects.filter(model=self.model).first()
            self.value = self._kept = known.factor if known else 1.0

    @property
    def is_news(self) -> bool:
        """Whether what was learned is worth keeping."""
        return abs(self.value / (self._kept or 1.0) - 1) > WORTH_KEEPING

    def learn(self, estimated: int, counted: int) -> None:
        if estimated >= ENOUGH and counted:
            found = min(max(counted / estimated, LEAST), MOST)
            self.value += (found - self.value) * WEIGHT

    def keep(self) -> None:
        """For the next start, whichever process it is. Sync."""
        self._kept = self.value
        TokenFactor.objects.update_or_create(model=self.model, defaults={"factor": self.value})
