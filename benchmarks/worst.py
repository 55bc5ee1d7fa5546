"""What the worst that authors and readers can write costs: each prompt is built soon, or says what it left out.

python -m benchmarks.worst    prints a table; the exit code tells whether the figures are within bounds
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from roleplay.prompt import patterns
from roleplay.prompt.assemble import assemble
from roleplay.prompt.lorebook.values import Book, Entry
from roleplay.prompt.values import Line, Persona, Prompt, Scene, Sheet

SOON = 50  # ms; what takes longer says what it left out
LATE = 250  # ms; nothing takes longer
WORDS = "She left the ferry by the bell, and the salt on the oar. "
LONG = (WORDS * 300)[:16_000]


def main() -> int:
    print("| prompt | ms | left out |\n|---|---|---|")
    failed = 0
    for name, made in WORST.items():
        scene = made()
        patterns._made.cache_clear()
        began = time.perf_counter()
        prompt = assemble(scene)
        spent = (time.perf_counter() - began) * 1000
        left_out = ", ".join(_left_out(prompt))
        print(f"| {name} | {spent:.0f} | {left_out or 'nothing'} |")
        failed |= spent > LATE or (spent > SOON and not left_out)
    return int(failed)


def _left_out(prompt: Prompt) -> Iterator[str]:
    if prompt.left_out:
        yield f"{prompt.left_out} messages"
    for cut in prompt.cuts:
        yield f"{cut.what}: {cut.tokens} tokens" if cut.tokens is not None else cut.what
    for why in sorted({missed.why for missed in prompt.lore.missed}):
        yield f"lore: {why}"


@cache
def _lines(number: int = 400, text: str = LONG) -> tuple[Line, ...]:
    return tuple(Line("assistant" if at % 2 else "user", "Mira", text, at) for at in range(number))


def _scene(*entries: Entry, scan_depth: int = 2, sheet: Sheet | None = None, **fields: object) -> Scene:
    book = Book(
        key="book",
        title="Book",
        source="character",
        entries=entries,
        scan_depth=scan_depth,
        recursive=True,
    )
    plain = Scene(
        sheet=sheet or Sheet(name="Mira", description="A ferrywoman."),
        persona=Persona("Ada"),
        lines=_lines(40, WORDS),
        books=(book,),
        length=40,
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def _entries(
    number: int, keys: Callable[[int], tuple[str, ...]], content: str = "Word %d.", **options: object
) -> list[Entry]:
    return [
        replace(
            Entry(key=str(at), keys=keys(at), content=content % at if "%d" in content else content), **options
        )  # type: ignore[arg-type]
        for at in range(number)
    ]


def _sheet(description: str) -> Sheet:
    return Sheet(name="Mira", description=description)


WORST: dict[str, Callable[[], Scene]] = {
    "5,000 entries of 20 keys": lambda: _scene(
        *_entries(5000, lambda at: tuple(f"place {at} {each}" for each in range(20)))
    ),
    "5,000 entries over 400 long messages": lambda: _scene(
        *_entries(5000, lambda at: (f"place {at}",)), scan_depth=1000, lines=_lines()
    ),
    "5,000 whole words, in capitals": lambda: _scene(
        *_entries(5000, lambda at: ("SALT",), whole_words=True), lines=_lines(2)
    ),
    "5,000 entries, each brings in the next": lambda: _scene(
        *_entries(5000, lambda at: (f"word {at - 1}.",) if at else ("salt",))
    ),
    "5,000 entries of 2,000 letters that bring each other in": lambda: _scene(
        *_entries(5000, lambda at: ("salt",), content="Salt and %d. " + "salt " * 400, ignore_budget=True)
    ),
    "5,000 patterns, each another": lambda: _scene(
        *_entries(5000, lambda at: (f"/(ferry|bell|oar) {at}[a-z]+/i",))
    ),
    "1,000 patterns that repeat": lambda: _scene(
        *_entries(1000, lambda at: (f"/(.*?[a-z]{{1,{at % 50 + 2}}}){{9}}zz/",)),
        scan_depth=1000,
        lines=_lines(),
    ),
    "1,000 patterns that grow": lambda: _scene(
        *_entries(1000, lambda at: (f"/((a{{1,99}}b?){{{at % 9 + 1}}}c)+/",))
    ),
    "1,000 broken patterns": lambda: _scene(*_entries(1000, lambda at: (f"/(?<=ferry{at})(/",))),
    "10,000 entries that are always told": lambda: _scene(
        *_entries(10_000, lambda at: (), content=WORDS * 9, constant=True)
    ),
    "10,000 entries in one group": lambda: _scene(
        *_entries(10_000, lambda at: ("salt",), group="a, b, c", group_scoring=True)
    ),
    "2 MB of description": lambda: _scene(sheet=_sheet(WORDS * 35_000)),
    "macros in macros": lambda: _scene(sheet=_sheet("{{random::" * 10_000 + "a" + "}}" * 10_000)),
    "20,000 dice": lambda: _scene(sheet=_sheet("{{roll:100d6}}" * 20_000)),
    "macros that bring in macros": lambda: _scene(
        sheet=replace(_sheet("{{personality}}" * 20_000), personality="{{description}}" * 20_000)
    ),
    "2 MB of braces": lambda: _scene(sheet=_sheet("{{" * 500_000 + "}}" * 500_000)),
    "macros in each of 100,000 keys": lambda: _scene(
        *_entries(5000, lambda at: tuple(f"{{{{random::a::b}}}} {at} {each}" for each in range(20)))
    ),
    "400 long messages": lambda: _scene(lines=_lines()),
    "a budget of nothing": lambda: _scene(sheet=_sheet(WORDS * 100), budget=1),
}


if __name__ == "__main__":
    sys.exit(main())
