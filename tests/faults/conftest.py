"""Programmes of faults: short in the whole of the tests, and in full with `--full`, as `dev.py prove` runs them.

What they measure is kept in the file that `--figures` names, a line of JSON for each.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.endpoint import Endpoint, endpoint_in_thread
from tests.server import Server

Figures = Callable[..., None]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In full a programme may take its time."""
    if config.getoption("--full"):
        for item in items:
            item.add_marker(pytest.mark.timeout(1800))


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """Keeps what was measured under the name of the test."""
    file = request.config.getoption("--figures")

    def keep(**measured: Any) -> None:
        database = str(settings.DATABASES["default"]["ENGINE"]).rpartition(".")[2]
        line = {"programme": request.node.name, "database": database, **measured}
        if file:
            with Path(file).open("a") as kept:
                kept.write(json.dumps(line) + "\n")

    return keep


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def standin() -> Iterator[Endpoint]:
    """A model that every server of the test asks; give it a script."""
    with endpoint_in_thread() as endpoint:
        yield endpoint


@pytest.fixture
def server(tmp_path: Path, standin: Endpoint) -> Iterator[Server]:
    with Server(tmp_path, LLM_BASE_URL=standin.url, LLM_API_KEY="a-key", **SETTINGS) as server:
        yield server


SETTINGS = {"TURNS_PER_MINUTE": "100000"}  # what readers may do is not what is tried here
