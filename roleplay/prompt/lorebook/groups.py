"""Inclusion groups: of the entries that bear the same label, one is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from random import Random

from roleplay.prompt.lorebook.values import Entry


def losers(
    candidates: Sequence[Entry],
    *,
    told: Collection[Entry],
    sticky: Collection[str],
    score: Callable[[Entry], int],
    seed: str,
) -> set[str]:
    """The keys of the candidates that leave for another of one of their groups.

    `told` are those of earlier rounds, `sticky` the keys of those that stay. `score`: how many of its keys are found.
    """
    out: set[str] = set()
    by_name: dict[str, dict[str, Entry]] = {}
    for entry in candidates:
        for name in entry.groups:
            by_name.setdefault(name, {})[entry.key] = entry
    taken = {name for entry in told for name in entry.groups}
    for name, bearers in by_name.items():
        members = [entry for key, entry in bearers.items() if key not in out]
        if name in taken:
            out |= {entry.key for entry in members}
            continue
        staying = [entry for entry in members if entry.key in sticky]
        if staying:
            out |= {entry.key for entry in members if entry.key not in sticky}
        elif len(members) > 1:
            winner = _winner(members, score, Random(f"{seed} group {name}"))
            out |= {entry.key for entry in members if entry is not winner}
    return out


def _winner(members: Sequence[Entry], score: Callable[[Entry], int], chance: Random) -> Entry:
    """The one that is to win, of these the highest order; else by most keys where it asks for that; else by weight."""
    if preferred := [entry for entry in members if entry.group_override]:
        return max(preferred, key=lambda entry: entry.order)
    if any(entry.group_scoring for entry in members):
        scores = {entry.key: score(entry) for entry in members}
        most = max(scores.values())
        members = [entry for entry in members if not entry.group_scoring or scores[entry.key] == most]
    return chance.choices(members, [max(entry.group_weight, 0) or 1e-9 for entry in members])[0]
