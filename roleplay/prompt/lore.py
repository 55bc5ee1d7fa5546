"""What the lorebooks say to a scene, and where that stands in its prompt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from roleplay.prompt.lorebook.find import Search
from roleplay.prompt.lorebook.keys import deepest
from roleplay.prompt.lorebook.scan import MOST_WORK, Scan, Spoken
from roleplay.prompt.lorebook.values import Book, Entry, Found, Lore, Missed, Source
from roleplay.prompt.macros import Macros, expand
from roleplay.prompt.scene_macros import blinded
from roleplay.prompt.values import Scene
from roleplay.prompt.work import Work

OF_BUDGET = 1 / 4  # of the prompt's: what lorebooks may take
MOST_OF_BUDGET = 1 / 2  # with the entries that ignore it
OF_READERS: tuple[Source, ...] = ("conversation", "persona")
IN_HEAD = ("before", "after", "examples_top", "examples_bottom")


def find_lore(scene: Scene, head: Macros, turn: Macros) -> Lore:
    """The entries that are told, each as its author wrote it with its macros replaced."""
    if not scene.books:
        return Lore()
    sheet = scene.sheet
    said = [line for line in scene.lines[::-1] if line.text.strip()][: deepest(scene.books)]
    work = Work(MOST_WORK)
    keys = replace(turn, work=work)
    scan = Scan(
        [Spoken(f"{line.name}: {line.text}", line.depth) for line in said],
        others={
            "persona": scene.persona.description,
            "description": head.values["description"],
            "personality": head.values["personality"],
            "depth_prompt": head.values["chardepthprompt"],
            "scenario": head.values["scenario"],
        },
        expand=lambda key: expand(key, keys),
        work=work,
    )

    def told(entry: Entry, book: Book) -> str:
        macros = head if entry.fixed else turn
        return expand(entry.told, blinded(macros) if book.blind else macros)

    def scanned(entry: Entry, book: Book) -> str:
        macros = replace(turn, shows_hidden_keys=True)
        return expand(entry.told, blinded(macros) if book.blind else macros)

    return Search(
        books=[replace(book, blind=sheet.hidden and book.source in OF_READERS) for book in scene.books],
        scan=scan,
        timed=scene.timed,
        length=scene.length,
        budget=int(scene.budget * OF_BUDGET),
        most=int(scene.budget * MOST_OF_BUDGET),
        name=sheet.name,
        tags=sheet.tags,
        expand=told,
        expand_hidden=scanned,
        fixed_first=not scene.written_places,
        seed=scene.build,
    ).lore()


@dataclass(frozen=True)
class Placed:
    """Lore by where it is told: at its place in the head, at outlets, around the note, at a depth, or in the tail."""

    head: dict[str, str]
    outlets: dict[str, str]
    note: dict[str, str]
    at_depth: tuple[Found, ...]
    tail: str


def placed(lore: Lore, *, written: bool) -> Placed:
    """What is told in every prompt has its written place in the head; the rest has it where `written`, and else
    goes to the tail: a head that changes would cost the provider's cache.
    """
    stays = [found for found in lore.found if written or _in_head(found)]
    movable = [found for found in lore.found if not (written or _in_head(found))]
    outlets = [found for found in stays if found.entry.place == "outlet"]
    return Placed(
        head={place: _told(stays, place) for place in IN_HEAD},
        outlets={
            name: _text(found for found in outlets if found.entry.outlet == name)
            for name in {found.entry.outlet for found in outlets}
        },
        note={place: _told(stays, place) for place in ("note_top", "note_bottom")},
        at_depth=tuple(found for found in stays if found.entry.place == "at_depth"),
        tail=_text(movable),
    )


def without_note(lore: Lore) -> Lore:
    """Where there is no author's note, what was to stand around it is not told."""
    around = [found for found in lore.found if found.entry.place in ("note_top", "note_bottom")]
    return replace(
        lore,
        found=tuple(found for found in lore.found if found not in around),
        missed=(
            *lore.missed,
            *(Missed(each.entry.name, each.book, each.source, "no_note") for each in around),
        ),
    )


def _in_head(found: Found) -> bool:
    return found.entry.fixed and found.entry.place in (*IN_HEAD, "outlet")


def _told(found: Sequence[Found], place: str) -> str:
    return _text(each for each in found if each.entry.place == place)


def _text(found: Iterable[Found]) -> str:
    return "\n".join(each.text for each in found if each.text)
