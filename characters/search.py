"""The search of the gallery: which characters have all the words of a query, and the terms that are kept for it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from characters.models import Character, SearchTerm
from characters.terms import Asked, asked_for, terms_of

INDEXED = ("name", "nickname", "tagline", "creator", "tags")  # columns
FEW = 500  # entries of the index that are read at most to learn who has a term

# Ends the range of the terms that begin alike. The last code point of all would be nothing to those databases
# that sort by a language; this sign stands behind the letters for them, too.
_LAST = "\ufffd"


def found(characters: QuerySet[Character], query: str) -> QuerySet[Character]:
    """Those of the characters who have every word of the query: none where it has no word.

    It asks the database at once for at most `terms.MOST_ASKED` terms, until one is rare: then few characters come
    into question. Where every term is common, the first page is full after a short walk.
    """
    asked = asked_for(query)
    if not asked:
        return characters.none()
    for term in asked:
        holders = SearchTerm.objects.filter(_matches(term)).values_list("character", flat=True)[: FEW + 1]
        if len(holders) <= FEW:
            characters = characters.filter(pk__in=set(holders))
            asked.remove(term)
            break
    for term in asked:
        characters = characters.filter(Exists(SearchTerm.objects.filter(_matches(term), character=OuterRef("pk"))))
    return characters


def _matches(asked: Asked) -> Q:
    return Q(term__gte=asked.term, term__lt=asked.term + _LAST) if asked.begins else Q(term=asked.term)


@transaction.atomic
def keep_terms(character: int) -> None:
    """Makes a character's terms those of its text as the database has it. Two that save at once take turns."""
    locked = Character.objects.select_for_update(no_key=True).filter(pk=character).values_list(*INDEXED)
    for *texts, tags in locked:
        wanted = terms_of(*texts, *map(str, tags))
        kept = SearchTerm.objects.filter(character=character)
        known = set(kept.values_list("term", flat=True))
        if known - wanted:
            kept.filter(term__in=known - wanted).delete()
        SearchTerm.objects.bulk_create(SearchTerm(term=term, character_id=character) for term in wanted - known)


def keep_terms_of_saved(sender: type[Character], *, instance: Character, raw: bool, **_: object) -> None:
    """Receiver of a saved character. Fixtures (`raw`) bring their terms themselves."""
    if not raw:
        keep_terms(instance.pk)
