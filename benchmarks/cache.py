"""How much of each request repeats the one before it, and what a long chat costs by Kimi's prices.

python -m benchmarks.cache    prints a table; the exit code tells whether the figures are within bounds

A scripted chat of 200 turns: three lorebooks fire, N is 6, replies have at least 300 code points, what follows the
newest message at most 400. The least that any order of the same content could cost is what it would cost if
everything that the request before told came from the cache, which keeps whole blocks of 256 tokens.
"""

from __future__ import annotations

import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from roleplay.prompt.assemble import assemble
from roleplay.prompt.budget import size, tokens
from roleplay.prompt.lorebook.values import Book, Entry
from roleplay.prompt.reinforcement import is_due
from roleplay.prompt.values import Block, Line, Persona, Scene, Sheet
from roleplay.providers.prices import BY_MODEL
from roleplay.providers.sse import Usage

TURNS, EVERY, LONGEST_TAIL = 200, 6, 400
CACHED = 256  # tokens that are kept together
BUDGETS = {"16k": 16_384, "32k": 32_768, "without a limit": 10_000_000}
MOST_MONEY = {"16k": 1.20, "32k": 1.15, "without a limit": 1.15}
LEAST_MEDIAN, LEAST_MEAN = 0.95, 0.91  # at 32k
PRICE = BY_MODEL["kimi-k2.6"]
WORDS = [
    "river",
    "lamp",
    "stone",
    "ferry",
    "bell",
    "salt",
    "map",
    "oar",
    "glass",
    "north",
    "rope",
    "tide",
    "letter",
    "harbour",
    "winter",
    "gull",
]


def main() -> int:
    print("| budget | money, times the least | repeated, median | mean | windows |\n|---|---|---|---|---|")
    failed = 0
    for name, budget in BUDGETS.items():
        requests = list(_chat(budget))
        money = _money(requests)
        shares = [_repeated(*pair) / _tokens(pair[1][0]) for pair in pairwise(requests)]
        median, mean = statistics.median(shares), statistics.mean(shares)
        windows = len({request[2] for request in requests})
        print(f"| {name} | {money:.3f} | {median:.1%} | {mean:.1%} | {windows} |")
        failed |= money > MOST_MONEY[name]
        failed |= name == "32k" and (median < LEAST_MEDIAN or mean < LEAST_MEAN)
    return int(failed)


Request = tuple[tuple[Block, ...], int, int]  # what is told, tokens of the reply, where the view begins


def _chat(budget: int) -> Iterator[Request]:
    chance = Random(7)
    sheet = Sheet(
        name="Mira", description=_text(chance, 4200), speech=_text(chance, 1000), rules=_text(chance, 300)
    )
    books = tuple(
        Book(key=word, title=word, source="character", entries=(_entry(word),))
        for word in ("ferry", "bell", "salt")
    )
    lines = [Line("assistant", "Mira", _text(chance, 400), 0)]
    start = last = 0
    for number in range(1, TURNS + 1):
        lines.append(Line("user", "Ada", _text(chance, chance.randint(40, 240)), len(lines)))
        due = is_due(number, EVERY, last)
        last = number if due else last
        scene = Scene(
            sheet=sheet,
            persona=Persona("Ada", "A surveyor."),
            lines=tuple(lines[-400:]),
            books=books,
            length=len(lines),
            note="Keep it slow.",
            reinforced=due,
            window_start=start,
            budget=budget,
        )
        prompt = assemble(scene)
        tail = [block for block in prompt.blocks if block.reason in ("lore", "note")]
        assert sum(len(block.text) for block in tail) <= LONGEST_TAIL
        start = prompt.window_start
        reply = _text(chance, chance.randint(300, 900))
        lines.append(Line("assistant", "Mira", reply, len(lines), reinforced=due))
        yield prompt.blocks, size(reply), start


def _entry(word: str) -> Entry:
    return Entry(key=word, keys=(word,), content=f"About the {word}: " + "it is older than the town. " * 3)


def _text(chance: Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += chance.choice(WORDS) + " "
    return text.strip().ljust(length, ".")


def _money(requests: list[Request]) -> float:
    paid = least = 0
    for before, now in pairwise([((), 0, 0), *requests]):
        told, said = _tokens(now[0]), now[1]
        paid += PRICE.cost(Usage(told, said, _repeated(before, now)))
        known = Counter(_key(block) for block in before[0])
        shared = Counter(_key(block) for block in now[0]) & known
        again = sum(_size(key) * number for key, number in shared.items())
        least += PRICE.cost(Usage(told, said, again // CACHED * CACHED))
    return paid / least


def _key(block: Block) -> tuple[str, str, str]:
    return block.role, block.name, block.text


def _size(key: tuple[str, str, str]) -> int:
    return tokens(key[2])


def _tokens(blocks: tuple[Block, ...]) -> int:
    return sum(block.tokens for block in blocks)


def _repeated(before: Request, now: Request) -> int:
    """Tokens at the beginning that are the same, in whole blocks of the cache."""
    same = 0
    for old, new in zip(before[0], now[0], strict=False):
        if _key(old) != _key(new):
            break
        same += new.tokens
    return same // CACHED * CACHED


if __name__ == "__main__":
    sys.exit(main())
