"""How much a prompt takes, and how the window moves: seldom, far, and only forward."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from roleplay.prompt.budget import first_in_view, tokens, window_start

sizes_of_messages = st.lists(st.integers(0, 60), min_size=1, max_size=120)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 4),
        ("four", 5),
        ("fives", 6),
        ("河流河流", 7),  # 12 bytes
        ("\N{GRINNING FACE}", 5),
    ],
)
def test_tokens_are_counted_by_bytes_and_a_header(text, expected):
    assert tokens(text) == expected


@given(sizes_of_messages, st.data(), st.integers(0, 500), st.integers(0, 4000))
@settings(deadline=None)
def test_a_window_moves_only_out_of_need_and_then_far_enough(sizes, data, fixed, budget):
    start = data.draw(st.integers(0, len(sizes) - 1))

    moved = window_start(sizes, start, fixed=fixed, budget=budget)

    left = fixed + sum(sizes[moved:])
    if fixed + sum(sizes[start:]) <= budget:
        assert moved == start
    else:
        assert left <= budget * 0.75 or moved == len(sizes) - 1
    assert start <= moved < len(sizes)


@given(sizes_of_messages, st.integers(1, 500), st.data())
@settings(deadline=None)
def test_a_window_moves_in_the_biggest_blocks_that_are_of_use(sizes, fixed, data):
    budget = data.draw(st.integers(0, fixed + sum(sizes) - 1))  # not enough

    moved = window_start(sizes, 0, fixed=fixed, budget=budget)

    def fits(start: int) -> bool:
        return start < len(sizes) and fixed + sum(sizes[start:]) <= budget * 0.75

    wanted = [
        next((start for start in range(block, len(sizes), block) if fits(start)), None)
        for block in (20, 10, 5, 1)
    ]
    assert moved == next((start for start in wanted if start is not None), len(sizes) - 1)


@pytest.mark.parametrize(
    ("messages", "budget", "moved"),
    [
        pytest.param(100, 1000, 0, id="just within the budget"),
        pytest.param(101, 1000, 40, id="two blocks of 20"),
        pytest.param(20, 190, 10, id="20 are all there is: 10"),
        pytest.param(9, 80, 5, id="10 is too many: 5"),
        pytest.param(5, 40, 2, id="5 is too many: one by one"),
        pytest.param(3, 5, 2, id="the newest message stays whatever its size"),
    ],
)
def test_messages_of_ten_tokens_leave_in_blocks(messages, budget, moved):
    assert window_start([10] * messages, 0, fixed=0, budget=budget) == moved


def test_a_chat_without_messages_has_nothing_to_move():
    assert window_start([], 0, fixed=100, budget=10) == 0


@given(st.lists(st.integers(1, 60), min_size=60, max_size=200), st.integers(900, 3000))
@settings(deadline=None)
def test_a_growing_chat_moves_its_window_seldom(sizes, budget):
    starts = [0]
    for length in range(1, len(sizes) + 1):
        starts.append(window_start(sizes[:length], starts[-1], fixed=100, budget=budget))

    moves = [later - earlier for earlier, later in zip(starts, starts[1:], strict=False) if later != earlier]
    assert starts == sorted(starts)
    # A quarter of the budget is free after a move: so many messages fit before the next one.
    assert len(moves) <= 1 + sum(sizes) // (budget // 4)


@pytest.mark.parametrize(
    ("depths", "start", "index"),
    [
        pytest.param(range(0, 50), 0, 0, id="from the beginning"),
        pytest.param(range(0, 50), 20, 20, id="where it began before"),
        pytest.param(range(30, 430), 40, 10, id="begun within what was read"),
        pytest.param(range(41, 441), 20, 19, id="read in part: from depth 60"),
        pytest.param(range(60, 460), 0, 0, id="read from a round depth"),
        pytest.param([], 0, 0, id="nothing was said"),
    ],
)
def test_the_view_begins_at_a_depth(depths, start, index):
    assert first_in_view(list(depths), start) == index


@given(st.integers(1, 1000), st.integers(0, 1000))
def test_a_path_read_in_part_begins_at_a_round_depth(first, start):
    assume(first > start)

    begins = [list(range(shift, shift + 400)) for shift in range(first, first + 20)]
    depths = {path[first_in_view(path, start)] for path in begins}

    assert all(depth % 20 == 0 for depth in depths)
    assert len(depths) <= 2, "it slides with every message"
