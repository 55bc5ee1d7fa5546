"""A thread with a database connection of its own, so that a stream never waits behind a page's query."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import Error, connection, connections

P = ParamSpec("P")
T = TypeVar("T")


class DatabaseThread:
    """Runs sync functions one after another. `busy`: seconds that SQLite waits for another writer."""

    def __init__(self, name: str, *, busy: float | None = None) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._busy = busy

    async def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        call = partial(function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._run, call)

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._executor, connections.close_all)
        self._executor.shutdown()

    def _run(self, call: Callable[[], T]) -> T:
        try:
            if connection.connection is None and self._busy is not None and connection.vendor == "sqlite":
                with connection.cursor() as cursor:
                    cursor.execute(f"PRAGMA busy_timeout = {round(self._busy * 1000)}")
            return call()
        except Error:
            connection.close_if_unusable_or_obsolete()
            raise
