"""What the guard costs while a reply streams: how long its words wait, and the processor's time.

python -m benchmarks.guard    prints two tables; the exit code tells whether the figures are within bounds

Words come at the pace of a hosted model. The time of a reply is that of a server that reads it from a model over HTTP,
saves it as it grows, and sends it to its reader.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from roleplay.turns.guard import Rules

PACE = 0.02  # seconds between two words, or two Chinese characters
TICK = 0.1  # seconds between two saves
LINES = 16  # of a reply
READERS, TURNS = 4, 4
MOST_OF_A_REPLY = 0.05


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    from roleplay.prompt.checks import Checks
    from roleplay.turns.guard import Rules
    from tests.prose import prose

    lines = prose()
    replies = [" ".join(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]

    def rules(*never: str) -> Rules:
        return Rules.of(Checks(never_says=never), names=("Mira",), user="Ada")

    watched = {
        "the built-in checks": rules(),
        "and 5,000 phrases": rules(*_phrases(lines)),
        "and a pattern": rules("/so[, ]+well/i"),
    }
    failed = 0
    print(
        "| looks for | words wait, p95 | p99 | longest | beyond the end of their clause, p95 |\n|---|---|---|---|---|"
    )
    for name, guarding in watched.items():
        waits, beyond = zip(*(each for reply in replies for each in _waits(guarding, reply)), strict=True)
        figures = (_share(waits, 0.95), _share(waits, 0.99), max(waits), _share(beyond, 0.95))
        print(f"| {name} | {' | '.join(f'{seconds * 1000:.0f} ms' for seconds in figures)} |")
        failed |= (figures[3] if guarding.patterns else figures[0]) > TICK
    whole = asyncio.run(_time_of_a_reply())
    print(f"\n| looks for | ms of the processor | of a reply’s {whole * 1000:.0f} ms |\n|---|---|---|")
    for name, guarding in watched.items():
        spent = min(_spent(guarding, replies) for _ in range(3))
        print(f"| {name} | {spent * 1000:.1f} | {spent / whole:.1%} |")
        failed |= spent > MOST_OF_A_REPLY * whole
    return int(failed)


def _phrases(lines: list[str]) -> list[str]:
    """Five thousand, made of the words of the prose so that much of it is nearly one, and none found in it."""
    chance = Random(5)
    words = sorted({word for line in lines for word in line.split() if word.isascii()})
    chinese = [line for line in lines if not line.isascii()]
    made: dict[str, None] = {}
    while len(made) < 5000:
        if chance.random() < 0.5:
            made[" ".join(chance.choices(words, k=3)) + " never"] = None
        else:
            line = chance.choice(chinese)
            at = chance.randrange(max(1, len(line) - 6))
            made[line[at : at + 6] + "否"] = None
    return list(made)


def _waits(rules: Rules, reply: str) -> Iterator[tuple[float, float]]:
    """For each code point, in seconds: how long it waited, and how long of that its clause had come whole."""
    from roleplay.providers.demo.continuation import pieces
    from roleplay.turns.guard import Guard

    guard, passed = Guard(rules), 0
    said = list(pieces(reply))
    came = [number * PACE for number, piece in enumerate(said) for _ in piece]
    ends = _clause_ends(reply)
    for number, piece in enumerate((*said, "")):
        through = (guard.add(piece) if piece else guard.flush()).text
        now = min(number, len(said) - 1) * PACE
        for at in range(passed, passed + len(through)):
            yield now - came[at], max(0.0, now - came[ends[at] - 1])
        passed += len(through)


def _clause_ends(reply: str) -> list[int]:
    """For each code point, where its clause ends."""
    from roleplay.turns.watches import clause_end

    ends: list[int] = []
    while len(ends) < len(reply):
        end = clause_end(reply, len(ends)) or len(reply)
        ends += [end] * (end - len(ends))
    return ends


def _share(seconds: Sequence[float], share: float) -> float:
    return sorted(seconds)[int(len(seconds) * share)]


def _spent(rules: Rules, replies: list[str]) -> float:
    """Seconds of the processor for a reply, on average."""
    from roleplay.providers.demo.continuation import pieces
    from roleplay.turns.guard import Guard

    said = [list(pieces(reply)) for reply in replies[:40]]
    began = time.process_time()
    for reply in said:
        guard = Guard(rules)
        for piece in reply:
            guard.add(piece)
        guard.flush()
    return (time.process_time() - began) / len(said)


async def _time_of_a_reply() -> float:
    """Seconds of the server's processor for one of the same length that nothing is looked for in."""
    from roleplay.providers.demo.continuation import pieces
    from tests import behaviours
    from tests.endpoint import endpoint_in_thread
    from tests.faults.watching import seated
    from tests.populate import populated
    from tests.prose import prose
    from tests.server import Server

    words = [*pieces(" ".join(prose()[:LINES]))]
    with ExitStack() as stack:
        model = stack.enter_context(endpoint_in_thread())
        model.script = lambda body: behaviours.say(*(part for word in words for part in (word, PACE)))
        folder = Path(stack.enter_context(TemporaryDirectory()))
        server = stack.enter_context(Server(folder, LLM_BASE_URL=model.url, LLM_API_KEY="a-key"))
        chats = populated(server, stack, users=READERS, chats=1)
        _unguard(server.database_url)
        async with AsyncExitStack() as tabs:
            readers = await seated(tabs, chats)
            await asyncio.gather(*(_answered(reader, "Warm up.") for reader in readers))
            began = _processor(server.pid)
            for turn in range(TURNS):
                await asyncio.gather(*(_answered(reader, f"{turn}") for reader in readers))
            return (_processor(server.pid) - began) / (READERS * TURNS)


async def _answered(reader: Any, text: str) -> None:
    await reader.answered(await reader.send(text))


def _unguard(database_url: str) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as database, database:
        database.execute("UPDATE conversations_conversation SET guarded = 0")


def _processor(pid: int) -> float:
    """Seconds that a process has computed."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
