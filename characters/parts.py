"""The ordered parts of a character that has none yet, written from texts. Sync."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from characters.models import Character, Greeting, Quote, Situation


def write_parts(
    character: Character,
    *,
    greetings: Iterable[str],
    quotes: Iterable[str],
    situations: Iterable[Sequence[str]],
) -> None:
    """In their order, from 1 on. `situations` are pairs: when, then."""
    Greeting.objects.bulk_create(
        Greeting(character=character, position=number, text=text) for number, text in enumerate(greetings, 1)
    )
    Quote.objects.bulk_create(
        Quote(character=character, position=number, text=text) for number, text in enumerate(quotes, 1)
    )
    Situation.objects.bulk_create(
        Situation(character=character, position=number, when=when, then=then)
        for number, (when, then) in enumerate(situations, 1)
    )
