"""Runs a state machine over conversations: briefly and always alike, or in full and at random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.databases import ON_POSTGRES

STEPS = 50  # of one conversation


def run(machine: Callable[[], RuleBasedStateMachine], taken: Counter[str], *, full: bool, few: int) -> None:
    """`few` conversations where it is brief, fewer on PostgreSQL; `taken` are the steps, by name."""
    brief = settings(
        max_examples=few * 2 // 5 if ON_POSTGRES else few, derandomize=True, phases=[Phase.generate]
    )
    at_length = settings(max_examples=120, phases=[Phase.generate, Phase.shrink])
    run_state_machine_as_test(
        machine,  # type: ignore[arg-type]  # or what makes one
        settings=settings(
            at_length if full else brief,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert taken.total() >= (5_000 if full else 150 if ON_POSTGRES else 500)
