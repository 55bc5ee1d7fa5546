"""The search of the gallery: which characters have all the words of a query, and the terms that are kept for it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, Subquery, When
from django.db.models.lookups import IsNull

from characters.models import Character, SearchTerm
from characters.published import as_published
from characters.terms import Asked, asked_for, terms_of

INDEXED = ("name", "nickname", "tagline", "creator", "tags")  # columns

# Entries of the terms' index. With FEW, few characters come into question. Those of up to MANY are a set that costs
# little more to read; beyond, one in three of 20,000 has the term, and a page is soon full.
FEW, MANY = 500, 6000

# Ends the range of the terms that begin alike. The last code point of all would be nothing to those databases
# that sort by a language; this sign stands behind the letters for them, too.
_LAST = "\ufffd"


def found(
    characters: QuerySet[Character], query: str, *, few: int = FEW, many: int = MANY
) -> QuerySet[Character]:
    """Those of the characters who have every word of the query: none where it has no word.

    It asks the database at once how frequent the terms are. At worst, where many have each word but hardly anybody
    asked about has all of them, it looks at everybody.
    """
    asked = asked_for(query)
    if not asked:
        return characters.none()
    rare, in_set = _ahead(asked, few, many)
    if rare:
        characters = characters.filter(pk__in=_holders(rare)[:few])
    elif in_set:
        characters = characters.filter(_in_set(_holders(in_set)))
    for term in asked:
        if term != (rare or in_set):
            characters = characters.filter(_one_by_one(_holders(term)))
    return characters


def _ahead(asked: list[Asked], few: int, many: int) -> tuple[Asked | None, Asked | None]:
    """The first rare term, and the first that is better read as a set than looked up for each character. That is so
    with beginnings alone; a whole term is found in the index at once.
    """
    more_than = [Exists(_holders(term)[most : most + 1]) for most in (few, many) for term in asked]
    for answers in Character.objects.values_list(*more_than)[:1]:
        frequent, too_many = answers[: len(asked)], answers[len(asked) :]
        return (
            next((term for term, more in zip(asked, frequent, strict=True) if not more), None),
            next(
                (term for term, more in zip(asked, too_many, strict=True) if term.begins and not more), None
            ),
        )
    return None, None


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
    """Makes a character's terms those of its text as the database has it; of a draft, as its readers have it. Two
    that save at once take turns.
    """
    for found in Character.objects.select_for_update(no_key=True).filter(pk=character):
        as_published([found])
        wanted = terms_of(
            *(getattr(found, name) for name in INDEXED if name != "tags"), *map(str, found.tags)
        )
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
