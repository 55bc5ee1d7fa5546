"""The search of the gallery: which characters have all the words of a query, and the terms that are kept for it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import BooleanField, Case, OuterRef, QuerySet, Subquery, When
from django.db.models.lookups import IsNull

from characters.models import Character, SearchTerm
from characters.terms import Asked, asked_for, terms_of

INDEXED = ("name", "nickname", "tagline", "creator", "tags")  # columns

# Entries of the terms' index that are read at most to learn how frequent a term is. With FEW, few characters come into
# question; those of up to MANY are a set that costs little more to read; beyond, one in three of 20,000 has the term.
FEW, MANY = 500, 6000
MOST_SETS = 2

# Ends the range of the terms that begin alike. The last code point of all would be nothing to those databases
# that sort by a language; this sign stands behind the letters for them, too.
_LAST = "\ufffd"


def found(
    characters: QuerySet[Character], query: str, *, few: int = FEW, many: int = MANY
) -> QuerySet[Character]:
    """Those of the characters who have every word of the query: none where it has no word.

    It asks the database at once how frequent the terms are: at most `terms.MOST_ASKED` times, until one is rare. At
    worst, where many have each word but hardly anybody asked about has all of them, it looks at everybody.
    """
    asked = asked_for(query)
    if not asked:
        return characters.none()
    rare, sets = _frequencies(asked, few, many)
    if rare:
        characters = characters.filter(pk__in=_holders(rare)[:few])
    for term in asked:
        if term in sets:
            characters = characters.filter(_in_set(_holders(term)))
        elif term != rare:
            characters = characters.filter(_one_by_one(_holders(term)))
    return characters


def _frequencies(asked: list[Asked], few: int, many: int) -> tuple[Asked | None, list[Asked]]:
    """The first rare term. Where there is none: the rarest of those that are looked up slowly for each character, but
    can be read as sets. That is so with beginnings alone; a whole term is looked up in the index at once.
    """
    entries: dict[Asked, int] = {}
    for term in asked:
        entries[term] = _holders(term)[: (many if term.begins else few) + 1].count()
        if entries[term] <= few:
            return term, []
    beginnings = [term for term in asked if term.begins and entries[term] <= many]
    return None, sorted(beginnings, key=entries.__getitem__)[:MOST_SETS]


# Both ask of one character after the other, in their order, until a page is full. Neither is written as one would: the
# databases would make joins of them, begin with a term and read all its characters, or try each order of many joins.


def _in_set(holders: QuerySet[SearchTerm, int]) -> Case:
    """Whether a character is among the holders, who are read once."""
    return Case(When(pk__in=holders, then=True), default=False, output_field=BooleanField())


def _one_by_one(holders: QuerySet[SearchTerm, int]) -> IsNull:
    """Whether a character is among the holders, looked up for each."""
    return IsNull(Subquery(holders.filter(character=OuterRef("pk"))[:1]), False)


def _holders(asked: Asked) -> QuerySet[SearchTerm, int]:
    """The keys of the characters that have it, some perhaps twice."""
    holders = SearchTerm.objects.values_list("character", flat=True)
    if asked.begins:
        return holders.filter(term__gte=asked.term, term__lt=asked.term + _LAST)
    return holders.filter(term=asked.term)


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
        SearchTerm.objects.bulk_create(
            SearchTerm(term=term, character_id=character) for term in wanted - known
        )


def keep_terms_of_saved(sender: type[Character], *, instance: Character, raw: bool, **_: object) -> None:
    """Receiver of a saved character. Fixtures (`raw`) bring their terms themselves."""
    if not raw:
        keep_terms(instance.pk)
