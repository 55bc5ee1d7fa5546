"""The token bucket, and what is counted for a socket and for a user."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from roleplay.web import limits
from roleplay.web.limits import Bucket, SocketMeter, TooManySockets


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize(
    ("bucket", "amount", "now", "left"),
    [
        (Bucket(20, 0), 1, 0, Bucket(19, 0)),
        (Bucket(1, 0), 1, 0, Bucket(0, 0)),
        (Bucket(0.5, 0), 1, 0, None),
        (Bucket(0.5, 0), 1, 0.05, Bucket(0, 0.05)),
        (Bucket(0, 5), 1, 6, Bucket(9, 6)),
        (Bucket(0, 0), 1, 1000, Bucket(19, 1000)),
        (Bucket(20, 0), 21, 1000, None),
        (Bucket(5, 10), 1, 9, Bucket(4, 10)),
    ],
    ids=["full", "the last one", "too little", "refilled", "in part", "never above the burst", "never enough",
         "a clock that went back"],
)  # fmt: skip
def test_what_is_left_in_a_bucket(bucket: Bucket, amount: float, now: float, left: Bucket | None):
    assert bucket.taken(amount, now, rate=10, burst=20) == left


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), max_size=60))
def test_never_more_is_given_than_the_burst_and_what_came_in_since(asked: list[tuple[int, int]]):
    bucket, now, given = Bucket(20, 0), 0, 0

    for amount, later in asked:
        now += later
        left = bucket.taken(amount, now, rate=10, burst=20)
        if left is not None:
            bucket, given = left, given + amount

        assert 0 <= bucket.tokens <= 20
        assert given <= 20 + 10 * now


@pytest.mark.parametrize(
    ("frame", "size"), [("", 0), ("abc", 3), ("河", 3), ("👩", 4), ("\ud83d", 3), (b"\x00\xff", 2)]
)
def test_a_frame_counts_in_bytes(frame: str | bytes, size: int):
    assert limits.size_of(frame) == size


def test_a_socket_says_twenty_frames_at_once_and_ten_a_second():
    meter = SocketMeter(0)

    assert [meter.admits("{}", 0) for _ in range(21)] == [True] * 20 + [False]
    assert [meter.admits("{}", 1) for _ in range(11)] == [True] * 10 + [False]


def test_a_socket_says_a_mebibyte_a_minute():
    meter = SocketMeter(0)
    frame = "x" * 65_536

    assert [meter.admits(frame, 0) for _ in range(17)] == [True] * 16 + [False]
    assert [meter.admits(frame, 7.6) for _ in range(3)] == [True, True, False]


def test_a_user_asks_for_so_many_turns_and_another_for_his_own(settings):
    settings.TURNS_PER_MINUTE = 3

    assert [limits.turn_taken(1) for _ in range(4)] == [True] * 3 + [False]
    assert limits.turn_taken(2)


def test_a_user_has_five_places_and_a_freed_one_is_taken_anew():
    places = [limits.place_for(1, f"socket-{number}") for number in range(limits.SOCKETS)]

    with pytest.raises(TooManySockets):
        limits.place_for(1, "one-more")
    assert limits.place_for(2, "of-another")
    limits.free(places[2], "socket-2")
    assert limits.place_for(1, "one-more") == places[2]


def test_a_place_that_is_not_renewed_runs_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PLACE_KEPT", -1)
    place = limits.place_for(1, "of-a-dead-process")
    monkeypatch.undo()

    assert limits.place_for(1, "alive") == place
    limits.free(place, "of-a-dead-process")
    assert cache.get(place) == "alive"


def test_a_renewed_place_stays(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PLACE_KEPT", -1)
    place = limits.place_for(1, "alive")
    monkeypatch.undo()

    limits.renew(place, "alive")

    assert limits.place_for(1, "another") != place
