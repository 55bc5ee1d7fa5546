"""What an account allows: as it is set, and as refusals teach it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from roleplay.providers.errors import RateLimited
from roleplay.turns.admission import Admission, Pass
from roleplay.turns.pauses import LONGEST_WAIT, growing

AT_ONCE = RateLimited("Your account request reached max concurrency: 2, please try again after 1 seconds")
A_MINUTE = RateLimited("Your account request reached organization max RPM: 3, please try again")
UNKNOWN = RateLimited("Slow down.")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def admission(clock: Clock, **limits: Any) -> Admission:
    return Admission(**{"pause": lambda _, before: 2.0 * 2**before, "minute": 60.0, **limits}, now=clock)


def admit(to: Admission, number: int) -> list[Pass]:
    return [to.admit() for _ in range(number)]


def test_without_a_limit_there_is_always_room(clock: Clock):
    account = admission(clock)
    admit(account, 500)

    assert account.room() is None


def test_as_many_at_once_as_is_set(clock: Clock):
    account = admission(clock, at_once=2)
    one, _ = admit(account, 2)
    full = account.room()

    one.leave()

    assert (full, account.room()) == (0, 1)


def test_as_many_a_minute_as_is_set(clock: Clock):
    account = admission(clock, a_minute=3)
    for each in admit(account, 3):
        each.leave()
    assert account.room() == 0
    assert account.opens_in() == 60.0

    clock.now += 60

    assert account.room() == 3


def test_nobody_asks_before_the_pause_of_a_refusal_is_over_and_pauses_grow(clock: Clock):
    account = admission(clock)
    one, other, third = admit(account, 3)
    one.refused(RateLimited("max concurrency: 9"))
    other.refused(RateLimited("max concurrency: 9"))
    assert (account.room(), account.opens_in()) == (0, 2.0)

    clock.now += 2
    assert account.room() == 6
    third.refused(RateLimited("max concurrency: 9"))

    assert (account.room(), account.opens_in()) == (0, 4.0)


def test_who_is_let_in_ends_the_growing_of_pauses(clock: Clock):
    account = admission(clock)
    one, other = admit(account, 2)
    one.refused(A_MINUTE)
    clock.now += 2
    other.let_in()

    one.refused(A_MINUTE)

    assert account.opens_in() == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("error", "expected"), [(AT_ONCE, 2), (A_MINUTE, 3), (UNKNOWN, 1)], ids=["at once", "a minute", "unknown"]
)
def test_a_limit_is_learned_from_a_refusal(error: RateLimited, expected: int, clock: Clock):
    account = admission(clock)
    passes = admit(account, 4)

    for each in passes:
        each.refused(error)
        each.leave()
    clock.now += 2

    assert account.room() == expected


def test_a_guess_is_as_many_as_were_let_in_and_grows_each_minute(clock: Clock):
    account = admission(clock)
    passes = admit(account, 5)
    for each in passes[:3]:
        each.let_in()

    passes[4].refused(UNKNOWN)
    for each in passes:
        each.leave()
    clock.now += 2
    at_first = account.room()
    clock.now += 60

    assert (at_first, account.room()) == (3, 4)


def test_what_is_set_is_not_unlearned(clock: Clock):
    account = admission(clock, at_once=4, a_minute=100)
    one, *_ = admit(account, 2)

    one.refused(AT_ONCE)
    one.refused(A_MINUTE)
    clock.now += 10

    assert account.room() == 2


async def test_a_reply_that_goes_on_comes_before_those_in_line(clock: Clock):
    account = admission(clock, a_minute=2)
    one, other = admit(account, 2)
    other.leave()
    going_on = asyncio.create_task(one.further())
    await asyncio.sleep(0)
    clock.now += 60

    in_line = account.room()
    going_on.cancel()
    await asyncio.gather(going_on, return_exceptions=True)

    assert (in_line, account.room()) == (1, 2)


async def test_where_there_is_room_a_reply_goes_on_at_once_and_takes_it(clock: Clock):
    account = admission(clock, a_minute=2)
    (one,) = admit(account, 1)

    await one.further()

    assert account.room() == 0


def test_a_long_wait_that_is_asked_for_does_not_close_the_door_for_all(clock: Clock):
    account = admission(clock, pause=growing)
    (one,) = admit(account, 1)

    one.refused(RateLimited("Tomorrow.", retry_after=86_400.0))

    assert account.opens_in() == LONGEST_WAIT


def test_the_longest_of_several_waits_counts(clock: Clock):
    account = admission(clock)
    one, other = admit(account, 2)

    one.refused(UNKNOWN)
    other.refused(RateLimited("Later.", retry_after=60.0))

    assert account.opens_in() == 60.0
