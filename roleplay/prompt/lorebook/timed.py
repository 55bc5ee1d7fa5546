"""What stays (sticky), rests (cooldown) or has not come yet (delay), counted in messages.

Effects are kept with each reply and inherited along its path, so that every branch has its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from roleplay.prompt.lorebook.values import Effect, Entry, Timed


def running(timed: Timed, entries: Mapping[str, Entry], length: int) -> Timed:
    """What of it holds in a conversation of `length` messages. Where staying ends, resting begins."""
    sticky, cooldown = dict(timed.sticky), dict(timed.cooldown)
    for key, effect in timed.sticky.items():
        entry = entries.get(key)
        if _is_over(effect, entry.sticky if entry else 0, entry, length):
            del sticky[key]
            if entry and entry.sticky and entry.cooldown and length >= effect.end:
                cooldown[key] = _effect(entry, length, entry.cooldown, kept=True)
    for key, effect in timed.cooldown.items():
        entry = entries.get(key)
        if cooldown[key] is effect and _is_over(effect, entry.cooldown if entry else 0, entry, length):
            del cooldown[key]
    return Timed(sticky, cooldown)


def begun(timed: Timed, told: Iterable[Entry], length: int) -> Timed:
    """With what begins by what is told. What runs already is not begun anew."""
    sticky, cooldown = dict(timed.sticky), dict(timed.cooldown)
    for entry in told:
        if entry.sticky and entry.key not in sticky:
            sticky[entry.key] = _effect(entry, length, entry.sticky)
        if entry.cooldown and entry.key not in cooldown:
            cooldown[entry.key] = _effect(entry, length, entry.cooldown)
    return Timed(sticky, cooldown)


def _effect(entry: Entry, length: int, messages: int, *, kept: bool = False) -> Effect:
    return Effect(entry.digest, length, length + messages, kept)


def _is_over(effect: Effect, messages: int, entry: Entry | None, length: int) -> bool:
    """A book may be missing for a while: what belongs to it runs on."""
    if length <= effect.start and not effect.kept:
        return True
    if entry is None:
        return length >= effect.end
    return not messages or entry.digest != effect.digest or length >= effect.end
