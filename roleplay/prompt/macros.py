"""Macros: what stands in braces in an author's text, and the old spellings `<USER>`, `<BOT>`, `<CHAR>`, `<GROUP>`.

Only text written by authors is ever expanded, in one pass from left to right, inner ones first; what a macro brings
in is not expanded again. A macro that is not known stays as it is written, and so do variables and `{{if}}`, which
are not run. Macros know what belongs to their own scene, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from roleplay.prompt import clock
from roleplay.prompt.work import Work

MOST_TEXT = 100_000  # code points of one text in which macros are looked for, and of what they bring in
MOST_NESTED = 20
MOST_DICE = 100
MOST_WORK = 6_000_000
_VALUE_COSTS, _FUNCTION_COSTS = 2_000, 20_000
_SHOWN = 20  # code points of what is not closed
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

_MARK = re.compile(r"\{\{(?!\{)|\}\}|<(user|bot|char|group|charifnotgroup)>", re.IGNORECASE)
_COMMENT = re.compile(r"\s*//")
_CALL = re.compile(r"\s*([a-zA-Z]\w*)(?:\s*(::?)|\s+|\s*$)(.*)", re.DOTALL)
_VALUE = re.compile(r"\0(\d+)\0")
_TRIM = re.compile(r"[\r\n]*\0trim\0[\r\n]*")
_DICE = re.compile(r"(\d{0,3})d(\d{1,6})([+-]\d{1,6})?|(\d{1,6})", re.IGNORECASE)
_COMMA = re.compile(r"(?<!\\),")


@dataclass(frozen=True, kw_only=True)
class Macros:
    """What macros stand for. `values` are by name, in lower case.

    `chat` seeds what stays for the conversation, `build` what is thrown anew for each prompt. `idle`: since the user
    spoke last. `original` is what an override replaces; it can be said once. `shows_hidden_keys`: a text is scanned,
    and not told. `work` is shared by all texts: when it is over, macros stay as they are written.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    outlets: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    chat: str = ""
    build: str = ""
    now: datetime = LONG_AGO
    idle: timedelta = timedelta()
    original: str | None = None
    shows_hidden_keys: bool = False
    work: Work = field(default_factory=lambda: Work(MOST_WORK))


@dataclass(frozen=True)
class _Call:
    """`position` is where it stands in its text; `listed` tells that its arguments were separated by `::`."""

    name: str
    arguments: tuple[str, ...]
    position: int

    @property
    def text(self) -> str:
        return "::".join(self.arguments)


def names(char: str, user: str) -> dict[str, str]:
    """Values of those who speak: one character and one user."""
    alone = dict.fromkeys(("char", "bot", "group", "groupnotmuted", "charifnotgroup"), char)
    return alone | {"user": user, "notchar": user}


def outside(
    char: str, user: str, *, language: str = "en", seed: str = "", now: datetime = LONG_AGO
) -> Macros:
    """For what is said without a prompt: a greeting, a prefix."""
    return Macros(values=names(char, user), language=language, chat=seed, build=seed, now=now)


def expand(text: str, macros: Macros) -> str:
    """`text` with each known macro of its first MOST_TEXT code points replaced. Macros bring in about as much at most."""
    if macros.work.over or ("{{" not in text and "<" not in text):
        return text
    return _Expansion(macros).of(text[:MOST_TEXT].replace("\0", "")) + text[MOST_TEXT:]


class Left(NamedTuple):
    """What is written as a macro and is none, or its beginning where it is not closed."""

    words: str
    closed: bool


def left(text: str, macros: Macros) -> list[Left]:
    """What `expand` leaves in braces, as the text has it."""
    if "{{" not in text:
        return []
    expansion = _Expansion(macros)
    expansion.of(text[:MOST_TEXT].replace("\0", ""))
    return expansion.left


class _Expansion:
    """One pass over one text. What is brought in is kept apart from what is written, by number."""

    def __init__(self, macros: Macros) -> None:
        self._macros = macros
        self.left: list[Left] = []
        self._values: list[str] = []
        self._length = 0
        self._original = macros.original

    def of(self, text: str) -> str:
        levels: list[list[str]] = [[]]
        starts: list[int] = []
        at = 0
        for mark in _MARK.finditer(text):
            levels[-1].append(text[at : mark.start()])
            at = mark.end()
            if mark[1]:
                levels[-1].append(self._brought_in(_Call(mark[1].lower(), (), mark.start()), mark[0]))
            elif mark[0] == "{{" and len(levels) <= MOST_NESTED:
                levels.append([])
                starts.append(mark.start())
            elif mark[0] == "}}" and starts:
                content = "".join(levels.pop())
                levels[-1].append(self._called(content, starts.pop()))
            else:
                levels[-1].append(mark[0])
        levels[-1].append(text[at:])
        self.left += [Left(text[start : start + _SHOWN], closed=False) for start in starts]
        return self._restored("{{".join("".join(level) for level in levels))

    def _called(self, content: str, position: int) -> str:
        if _COMMENT.match(content):
            return ""
        written = "{{" + content + "}}"
        call = _CALL.fullmatch(content)
        if call is None:
            return self._kept(self._unknown(written))
        name, separator, rest = call.groups()
        if separator == "::":
            arguments = tuple(self._restored(each) for each in rest.split("::"))
        else:
            arguments = (self._restored(rest),) if rest else ()
        return self._brought_in(_Call(name.lower(), arguments, position), written)

    def _brought_in(self, call: _Call, written: str) -> str:
        if call.name == "trim" and not call.arguments:
            return "\0trim\0"
        if self._length >= MOST_TEXT or not self._macros.work.spend(self._cost(call)):
            return self._kept(self._restored(written))
        value = self._value(call)
        return self._kept(self._unknown(written) if value is None else value)

    def _unknown(self, written: str) -> str:
        words = self._restored(written)
        self.left.append(Left(words, closed=True))
        return words

    def _cost(self, call: _Call) -> int:
        return _FUNCTION_COSTS if call.name in _FUNCTIONS else _VALUE_COSTS

    def _value(self, call: _Call) -> str | None:
        if call.name == "original":
            value, self._original = self._original, "" if self._original is not None else None
            return value
        if call.name in self._macros.values and not call.arguments:
            return self._macros.values[call.name]
        run = _FUNCTIONS.get(call.name)
        return run(call, self._macros) if run else None

    def _kept(self, value: str) -> str:
        self._length += len(value)
        self._values.append(value)
        return f"\0{len(self._values) - 1}\0"

    def _restored(self, text: str) -> str:
        text = _TRIM.sub("", text)
        return _VALUE.sub(lambda number: self._values[int(number[1])], text)


def _choices(call: _Call) -> list[str]:
    """`a::b`, or of old `a,b`, where `\\,` is a comma."""
    if len(call.arguments) > 1:
        return [each.strip() for each in call.arguments]
    return [each.strip().replace("\\,", ",") for each in _COMMA.split(call.text)] if call.text else []


def _random(call: _Call, macros: Macros) -> str:
    choices = _choices(call)
    return Random(f"{macros.build} random {call.position}").choice(choices) if choices else ""


def _pick(call: _Call, macros: Macros) -> str:
    choices = _choices(call)
    return Random(f"{macros.chat} pick {call.position}").choice(choices) if choices else ""


def _roll(call: _Call, macros: Macros) -> str | None:
    dice = _DICE.fullmatch(call.text.replace(" ", ""))
    if dice is None:
        return None
    number, sides = int(dice[1] or 1), int(dice[2] or dice[4])
    if not 0 < number <= MOST_DICE or not sides:
        return None
    thrown = Random(f"{macros.build} roll {call.position}")
    return str(sum(thrown.choices(range(1, sides + 1), k=number)) + int(dice[3] or 0))


_FUNCTIONS: dict[str, Callable[[_Call, Macros], str | None]] = {
    "time": lambda _, macros: clock.time_of_day(macros.now, macros.language),
    "date": lambda _, macros: clock.date(macros.now, macros.language),
    "weekday": lambda _, macros: clock.weekday(macros.now, macros.language),
    "isotime": lambda _, macros: f"{macros.now:%H:%M}",
    "isodate": lambda _, macros: f"{macros.now:%Y-%m-%d}",
    "datetimeformat": lambda call, macros: clock.formatted(macros.now, call.text, macros.language),
    "idleduration": lambda _, macros: clock.duration(macros.idle, macros.language),
    "random": _random,
    "pick": _pick,
    "roll": _roll,
    "newline": lambda *_: "\n",
    "noop": lambda *_: "",
    "comment": lambda *_: "",
    "hidden_key": lambda call, macros: call.text if macros.shows_hidden_keys else "",
    "outlet": lambda call, macros: macros.outlets.get(call.text.strip(), ""),
    "reverse": lambda call, _: call.text[::-1],
}
