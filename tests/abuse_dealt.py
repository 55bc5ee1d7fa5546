"""Hands the abuse out to the text fields of a model, whichever they are, so that a new one has its share too."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models

from roleplay.prompt.text import clean_name
from tests.abuse import STRINGS

SHORT = 500  # code points: a longer field takes many strings
MOST_AT_ONCE = 60  # strings
STEP = 37  # each field begins at another string
BESIDES = ("slug", "taken_down", "client_id", "password", "error", "model")  # no text that a person writes

Row = TypeVar("Row", bound=models.Model)


class Deal:
    """From a queue for each field: after enough rows every string was in it."""

    def __init__(self) -> None:
        self._queues: dict[str, deque[str]] = defaultdict(self._queue)

    def one(self, field: str, most: int, fits: Callable[[str], bool] = lambda _: True) -> str:
        """The next that is at most so many code points."""
        queue = self._queues[field]
        found = next(each for each in queue if len(each) <= most and fits(each))
        queue.remove(found)
        queue.append(found)
        return found

    def name(self, field: str) -> str:
        """One that may stand in a message's header."""
        return self.one(field, 64, lambda each: clean_name(each) == each)

    def many(self, field: str, most: int) -> str:
        """The next ones, a line each."""
        queue, text = self._queues[field], ""
        for _ in range(MOST_AT_ONCE):
            longer = f"{text}\n{queue[0]}" if text else queue[0]
            if len(longer) > most:
                break
            text = longer
            queue.rotate(-1)
        return text

    def words(self, field: str) -> list[str]:
        return [self.one(field, 60) for _ in range(3)]

    def row(self, model: type[Row], **given: Any) -> Row:
        """A new row whose text fields hold abuse, but for what is `given`."""
        return model._default_manager.create(**{**self.texts(model), **given})

    def texts(self, model: type[models.Model]) -> dict[str, str]:
        return {field.name: self._text(model, field) for field in written(model)}

    def _text(self, model: type[models.Model], field: models.Field[Any, Any]) -> str:
        key, most = f"{model.__name__}.{field.name}", field.max_length or 16_000
        if field.name in ("name", "nickname"):
            return self.name(key)
        return self.one(key, most) if most <= SHORT else self.many(key, most)

    def _queue(self) -> deque[str]:
        queue = deque(STRINGS)
        queue.rotate(-STEP * len(self._queues))
        return queue


def written(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The text fields in which a person may write what he likes."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not (field.choices or field.primary_key or field.name in BESIDES)
    ]
