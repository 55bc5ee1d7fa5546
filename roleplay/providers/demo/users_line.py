"""PURE: what a user may say next, where the request asks for his words instead of the character's."""

from __future__ import annotations

from random import Random

from roleplay.providers.demo.hearing import heard
from roleplay.providers.demo.portrait import is_chinese
from roleplay.providers.demo.repertoire import Repertoire
from roleplay.providers.demo.request import Message


def users_line(messages: tuple[Message, ...], own: Repertoire, chinese: bool, random: Random) -> str:
    """A line that takes up what the character said last, other than all that stands in the request."""
    told = next((message.text for message in reversed(messages) if message.role == "assistant"), "")
    taken_up = heard(told)
    fits = taken_up.named and is_chinese(taken_up.phrase) == chinese
    lines = [line.replace("{phrase}", taken_up.phrase) for line in own.lines_named if fits]
    known = " ".join(" ".join(message.text.split()) for message in messages if message.role != "assistant")
    fresh = [line for line in (*lines, *own.lines) if line not in known]
    return random.choice(fresh or own.lines)
