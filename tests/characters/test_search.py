"""Whoever has all the words of a query is found, however the search goes about it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from characters.models import Character, SearchTerm
from characters.search import FEW, MANY, found
from tests.turns.test_plans import plan_of, walks

CAST: dict[str, dict[str, Any]] = {
    "tobias": {"name": "Tobias Wren", "tagline": "Keeps a lighthouse nobody needs.", "tags": ["Slow life"]},
    "ilse": {
        "name": "Ilse Marrow",
        "nickname": "Nightingale",
        "tagline": "Forgets a street.",
        "creator": "Juno",
    },
    "afei": {"name": "阿绯", "tagline": "看守山门三百年的狐妖，夜里偷偷学着点灯。", "tags": ["古风", "傲娇"]},
    "hikari": {"name": "ひかり", "tagline": "とう台の郵便屋さん", "tags": ["日常"]},
}
# A rare word is looked up; else one beginning is read as a set; the rest is asked of each character.
WAYS = {"the rare first": (FEW, MANY), "sets": (0, MANY), "one by one": (0, 0)}
by_every_way = pytest.mark.parametrize(("few", "many"), WAYS.values(), ids=WAYS)
with_a_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

LETTERS = st.characters(categories=["L", "N"], exclude_characters="\ufdfa\ufdfb")
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=4)
WITHOUT_SPACES = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), st.sampled_from("とうのはアイウー々")
    ),
    min_size=1,
    max_size=30,
)


@pytest.fixture
def cast(db: None) -> None:
    for slug, fields in CAST.items():
        Character.objects.create(slug=slug, **fields)


QUERIES = {
    "Tobias": "tobias",
    "wren tobias": "tobias",
    "WREN": "tobias",
    "ｗｒｅｎ": "tobias",
    "light": "tobias",
    "slow keeps": "tobias",
    "house": "",
    "lighthouses": "",
    "tobias marrow": "",
    "night": "ilse",
    "juno": "ilse",
    "forgets street ilse nightingale juno": "ilse",
    "灯": "afei",
    "点灯": "afei",
    "山门三百年": "afei",
    "三百山门": "",
    "古风 狐妖": "afei",
    "古风狐妖": "",
    "灯塔": "",
    "とう台": "hikari",
    "う": "hikari",
    "屋さん ひか": "hikari",
    "a": "tobias ilse",
    "!?": "",
    "%": "",
    "_": "",
}


@by_every_way
@pytest.mark.parametrize(("query", "slugs"), QUERIES.items(), ids=QUERIES)
def test_who_is_found(query: str, slugs: str, few: int, many: int, cast: None):
    by_key = Character.objects.order_by("pk")

    assert [each.slug for each in found(by_key, query, few=few, many=many)] == slugs.split()


@by_every_way
def test_only_those_that_were_asked_about_are_found(few: int, many: int, cast: None):
    others = Character.objects.exclude(slug="tobias")

    assert [each.slug for each in found(others, "a", few=few, many=many)] == ["ilse"]


def the_only_one(name: str) -> Character:
    """Those of the examples before it are gone."""
    Character.objects.all().delete()
    return Character.objects.create(slug="found", name=name)


@given(st.data(), NAMES)
@with_a_database
def test_each_word_of_a_name_finds_it(db: None, data: st.DataObject, words: list[str]):
    name = " ".join(words)
    character = the_only_one(name)
    word = data.draw(st.sampled_from(words))

    keys = [each.pk for each in found(Character.objects.all(), word)]

    assert keys == [character.pk]


@given(st.data(), st.text("abcdefжизньéß", min_size=1, max_size=50))
@with_a_database
def test_each_beginning_of_a_word_finds_it(db: None, data: st.DataObject, word: str):
    character = the_only_one(word)
    beginning = word[: data.draw(st.integers(1, len(word)))]

    keys = [each.pk for each in found(Character.objects.all(), beginning)]

    assert keys == [character.pk]


@given(st.data(), WITHOUT_SPACES)
@with_a_database
def test_each_part_of_a_name_without_spaces_finds_it(db: None, data: st.DataObject, name: str):
    character = the_only_one(name)
    begin = data.draw(st.integers(0, len(name) - 1))
    part = name[begin : data.draw(st.integers(begin + 1, len(name)))]

    keys = [each.pk for each in found(Character.objects.all(), part)]

    assert keys == [character.pk]


def test_a_long_query_costs_two_questions(cast: None, django_assert_num_queries: DjangoAssertNumQueries):
    words = " ".join(f"{letter}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    Character.objects.create(slug="all", name=words[:64], tagline=words[64:])

    with django_assert_num_queries(2):
        list(found(Character.objects.all(), words, few=0))


@by_every_way
@pytest.mark.parametrize("query", ["light", "slow light keeps", "山门三百年", "a 灯"])
def test_a_search_uses_the_indexes(query: str, few: int, many: int, cast: None):
    page = found(Character.objects.listed(), query, few=few, many=many).order_by("-pk")[:25]

    plan = plan_of(page)

    assert walks(plan) == [], plan


def terms_of_mira() -> set[str]:
    return set(SearchTerm.objects.filter(character__slug="mira").values_list("term", flat=True))


def test_a_saved_character_has_the_terms_of_what_it_says_now(db: None):
    mira = Character.objects.create(slug="mira", name="Mira", tagline="Draws maps.", tags=["Kind"])

    mira.name, mira.tags = "Mirabel", ["Kind", "地图"]
    mira.save()

    assert terms_of_mira() == {"mirabel", "draws", "maps", "kind", "地", "图", "地图"}


def test_what_was_not_saved_is_not_found(db: None):
    mira = Character.objects.create(slug="mira", name="Mira", tagline="Draws maps.")

    mira.name = mira.tagline = "Nobody"
    mira.save(update_fields=["tagline"])

    assert terms_of_mira() == {"mira", "nobody"}


def test_what_an_older_copy_said_is_not_found(db: None):
    mira = Character.objects.create(slug="mira", name="Mira")
    older = Character.objects.get(pk=mira.pk)
    mira.name = "Mirabel"
    mira.save()

    older.save(update_fields=["tagline"])

    assert terms_of_mira() == {"mirabel"}


def test_the_terms_go_with_their_character(db: None):
    Character.objects.create(slug="mira", name="Mira").delete()

    assert not SearchTerm.objects.exists()


def test_terms_are_kept_in_few_questions(db: None, django_assert_max_num_queries: DjangoAssertNumQueries):
    mira = Character.objects.create(slug="mira", name="Mira", tagline="Draws maps of a river.")
    mira.tagline = "画一条会动的河。" * 20

    with django_assert_max_num_queries(7):  # the save; begin, lock, read, delete, write, commit
        mira.save()


def test_a_fixture_brings_its_terms_itself(db: None):
    mira = Character.objects.create(slug="mira", name="Mira", owner=User.objects.create_user("ada"))
    rows = serializers.serialize("json", [mira, *mira.terms.all()])
    mira.delete()

    for each in serializers.deserialize("json", rows):
        each.save()

    assert terms_of_mira() == {"mira"}


@pytest.mark.django_db(transaction=True)
def test_characters_of_old_get_their_terms():
    for number, fields in enumerate(CAST.values()):
        Character.objects.create(slug=f"of-old-{number}", **fields)
    before = set(SearchTerm.objects.values_list("term", "character"))

    migrate("0007_groups")
    SearchTerm.objects.all().delete()
    migrate("")

    assert set(SearchTerm.objects.values_list("term", "character")) == before


def migrate(name: str) -> None:
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate([("characters", name)] if name else leaves)
