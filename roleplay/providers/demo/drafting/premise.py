"""PURE: what a premise says, whatever its language and however much of it there is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Premise:
    """`who` is a noun phrase, and `role` its middle without what hangs on it. `deeds` are what stands after "she":
    "collects lost letters". `facts` are whole sentences. `things` can stand after "of", `places` after "it begins".
    What cannot be read so is missing.
    """

    name: str = ""
    who: str = ""
    role: str = ""
    deeds: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
