"""Who is next, and who is told which place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.conversations.models import Turn
from roleplay.turns import claims
from roleplay.turns.line import Waiting, in_line
from tests.cast import make_conversation, make_user
from tests.turns.steps import LATER, NOW, say

ADA, BEN, EVE = 1, 2, 3


def waiting(*users: int | None) -> list[Waiting]:
    """One turn for each, in the order in which they began."""
    return [
        Waiting(UUID(int=at), UUID(int=at), UUID(int=at), user, NOW + timedelta(seconds=at), awake=True)
        for at, user in enumerate(users)
    ]


@pytest.mark.parametrize(
    ("users", "writing", "order"),
    [
        ([], [], []),
        ([ADA, BEN, EVE], [], [0, 1, 2]),
        ([ADA, ADA, ADA, BEN], [], [0, 3, 1, 2]),
        ([ADA, BEN], [ADA], [1, 0]),
        ([ADA, BEN, ADA, BEN, EVE], [BEN], [0, 4, 1, 2, 3]),
        ([None, None, ADA], [], [0, 2, 1]),
    ],
    ids=["nobody", "by time", "one with many", "one is written", "both", "nobody's come as of one"],
)
def test_the_line_is_fair(users: list[int | None], writing: list[int | None], order: list[int]):
    asked = waiting(*users)

    assert in_line(reversed(asked), writing) == [asked[at] for at in order]


@given(st.lists(st.integers(1, 4), max_size=12))
def test_nobody_is_served_twice_while_another_waits(users: list[int]):
    ordered = [each.user for each in in_line(waiting(*users))]

    assert sorted(ordered, key=str) == sorted(users, key=str)
    for at, user in enumerate(ordered):
        served = ordered[:at].count(user)
        assert all(ordered[:at].count(other) >= served for other in ordered[at:])


@pytest.fixture
def three(mira: Any) -> list[UUID]:
    """The turns of three users, in their order."""
    for name in ("ada", "ben", "eve"):
        user = make_user(name)
        say(user, make_conversation(user, mira))
    return list(Turn.objects.order_by("created_at").values_list("pk", flat=True))


def places() -> list[int | None]:
    return list(Turn.objects.order_by("created_at").values_list("place", flat=True))


def test_who_finds_no_room_is_told_his_place(db: None, three: list[UUID]):
    swept = claims.claim_due(NOW, room=1)

    assert [claim.turn for claim in swept.claims] == three[:1]
    assert [(each.turn, each.place) for each in swept.moved] == [(three[1], 1), (three[2], 2)]
    assert places() == [None, 1, 2]


def test_a_place_is_told_once_and_again_when_it_changes(db: None, three: list[UUID]):
    claims.claim_due(NOW, room=1)

    assert claims.claim_due(NOW, room=0) == claims.Sweep()
    swept = claims.claim_due(NOW, room=1)

    assert [claim.turn for claim in swept.claims] == [three[1]]
    assert [(each.turn, each.place) for each in swept.moved] == [(three[2], 1)]
    assert places() == [None, None, 1]


def test_with_room_for_all_nobody_waits(db: None, three: list[UUID]):
    swept = claims.claim_due(NOW, room=None)

    assert len(swept.claims) == 3
    assert swept.moved == ()


def test_a_turn_whose_owner_may_come_back_has_no_place(db: None, three: list[UUID]):
    claims.claim_due(NOW)

    assert claims.claim_due(LATER, room=0) == claims.Sweep()
    assert places() == [None, None, None]


def test_a_short_pause_gives_nobody_a_place(db: None, three: list[UUID]):
    Turn.objects.update(wake_at=NOW + timedelta(seconds=1))

    assert claims.claim_due(NOW) == claims.Sweep()
    assert places() == [None, None, None]


def test_a_turn_that_sleeps_keeps_its_place_and_lets_others_pass(db: None, three: list[UUID]):
    Turn.objects.filter(pk=three[0]).update(wake_at=NOW + timedelta(seconds=9))

    swept = claims.claim_due(NOW, room=1)

    assert [claim.turn for claim in swept.claims] == [three[1]]
    assert places() == [1, None, 2]
